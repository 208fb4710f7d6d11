package dev.fettle.tools.kept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.workspace.Confinement;
import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.kept.ArchiveFormat;
import dev.fettle.core.workspace.kept.GitSource;
import dev.fettle.core.workspace.kept.KeptWorkspace;
import dev.fettle.core.workspace.kept.KeptWorkspace.State;
import dev.fettle.core.workspace.kept.KeptWorkspaceException;
import dev.fettle.core.workspace.kept.KeptWorkspaceException.Kind;
import dev.fettle.core.workspace.kept.KeptWorkspaces.Label;
import dev.fettle.core.workspace.kept.Quota;
import dev.fettle.core.workspace.kept.WorkspaceId;
import dev.fettle.testkit.SettableClock;
import dev.fettle.tools.git.GitFetch;
import dev.fettle.tools.git.GitRules;
import dev.fettle.tools.process.ProcessShell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KeptDirectoriesTest {
    private static final Label ANN = new Label("ann", "shop: a \u00fc\nb");
    private static final Quota SMALL = new Quota(200_000, 100);

    private final SettableClock clock = new SettableClock();

    @TempDir
    private Path directory = Path.of("");

    private Optional<KeptDirectories> opened = Optional.empty();
    private Optional<Origin> origin = Optional.empty();

    @BeforeEach
    void resolve() throws Exception {
        directory = directory.toRealPath();
        origin = Optional.of(Origin.at(directory.resolve("repositories/shop")));
    }

    @AfterEach
    void close() {
        opened.ifPresent(KeptDirectories::close);
    }

    private Origin origin() {
        return origin.orElseThrow();
    }

    private KeptDirectories kept() {
        return kept(Long.MAX_VALUE, this::shell);
    }

    private Shell shell(Path where, Map<String, String> additions, Confinement confinement) {
        Map<String, String> environment = new HashMap<>(ProcessShell.allowedEnvironment(System.getenv()));
        environment.putAll(additions);
        return new ProcessShell(where, environment, directory.resolve("output"));
    }

    private KeptDirectories kept(long all, GitFetch.Shells shells) {
        GitRules rules = new GitRules(List.of(), Optional.of(directory.resolve("repositories")));
        KeptDirectories kept = new KeptDirectories(
                directory.resolve("root"),
                new KeptDirectories.Bounds(SMALL, SMALL, all),
                new GitFetch(rules, shells, Duration.ofMinutes(1)),
                clock);
        opened = Optional.of(kept);
        return kept;
    }

    private GitSource source(String ref) {
        return new GitSource(origin().url(), Optional.of(ref).filter(each -> !each.isEmpty()), Optional.empty());
    }

    private static KeptWorkspace settled(KeptDirectories kept, KeptWorkspace begun) throws InterruptedException {
        while (true) {
            KeptWorkspace now = kept.find(begun.id()).orElseThrow();
            if (!(now.state() instanceof State.Preparing)) {
                return now;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static String reason(KeptWorkspace workspace) {
        return assertInstanceOf(State.Failed.class, workspace.state()).reason();
    }

    /// Everything below the root but what is ready.
    private List<String> left() throws IOException {
        try (Stream<Path> all = Files.list(directory.resolve("root/.workspaces"))) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    @Test
    void whatIsKnownOfOneIsKeptBesideIt() throws Exception {
        KeptDirectories kept = kept();
        KeptWorkspace empty = kept.make(ANN);
        clock.advance(Duration.ofSeconds(1));
        KeptWorkspace unpacked = kept.unpack(ANN, ArchiveFormat.ZIP, new ByteArrayInputStream(zip("a/b.txt")));
        clock.advance(Duration.ofSeconds(1));
        origin().commit("c.txt", "c");
        GitSource source = new GitSource(origin().url(), Optional.of("main"), Optional.of(1));
        KeptWorkspace fetched = settled(kept, kept.fetch(new Label("bob", ""), source));

        assertEquals(List.of(fetched, unpacked, empty), kept().list());
        assertEquals(new KeptWorkspace.Origin.Git(source), fetched.origin());
        assertEquals(new State.Ready(), fetched.state());
        assertEquals("a/b.txt", Files.readString(kept.directory(unpacked.id()).resolve("a/b.txt")));
        assertEquals("c", Files.readString(kept.directory(fetched.id()).resolve("c.txt")));
        assertEquals(Optional.empty(), kept.find(WorkspaceId.at(clock.instant())));
        // The directory that was fetched into goes away after the workspace has been said to be ready.
        while (left().stream().anyMatch(each -> each.endsWith(".draft"))) {
            Thread.onSpinWait();
        }
        assertEquals(3, left().size(), left().toString());
    }

    @Test
    void ofARefusedArchiveNothingIsLeft() throws Exception {
        KeptDirectories kept = kept();
        byte[] archive = zip("a", "b/../../evil");
        KeptWorkspaceException refusal = assertThrows(
                KeptWorkspaceException.class,
                () -> kept.unpack(ANN, ArchiveFormat.ZIP, new ByteArrayInputStream(archive)));
        assertEquals("The entry `b/../../evil` leads out of the workspace.", refusal.getMessage());
        assertEquals(List.of(), left());
        assertEquals(List.of(), kept.list());
    }

    @Test
    void ofAnArchiveThatNobodySendsToItsEndNothingIsLeft() throws Exception {
        KeptDirectories kept = kept();
        InputStream gone = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                throw new IOException("gone");
            }
        };
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(new byte[100_000]), gone);
        assertThrows(IOException.class, () -> kept.unpack(ANN, ArchiveFormat.ZIP, broken));
        Thread.currentThread().interrupt();
        byte[] archive = zip("a");
        assertThrows(
                InterruptedException.class,
                () -> kept.unpack(ANN, ArchiveFormat.ZIP, new ByteArrayInputStream(archive)));
        assertEquals(List.of(), left());
    }

    @Test
    void aBranchATagOrACommitIsFetched() throws Exception {
        String first = origin().commit("a.txt", "1");
        origin().git("tag", "v1");
        origin().git("checkout", "--quiet", "-b", "feature/x");
        origin().commit("a.txt", "2");
        origin().git("checkout", "--quiet", "main");
        origin().commit("a.txt", "3");
        KeptDirectories kept = kept();
        Map<String, String> wanted = Map.of("", "3", "feature/x", "2", "v1", "1", first, "1");
        for (Map.Entry<String, String> each : wanted.entrySet()) {
            KeptWorkspace workspace = settled(kept, kept.fetch(ANN, source(each.getKey())));
            assertEquals(new State.Ready(), workspace.state(), each.getKey());
            assertEquals(
                    each.getValue(),
                    Files.readString(kept.directory(workspace.id()).resolve("a.txt")));
        }
    }

    @Test
    void nothingOfARepositoryRuns() throws Exception {
        Path evil = directory.resolve("evil");
        String touch = "touch " + evil;
        Files.writeString(origin().directory().resolve(".git/hooks/post-checkout"), "#!/bin/sh\n" + touch);
        Files.setPosixFilePermissions(
                origin().directory().resolve(".git/hooks/post-checkout"), PosixFilePermissions.fromString("rwxr-xr-x"));
        origin().commit("sub/a.txt", "x");
        origin().git("config", "filter.lfs.smudge", touch);
        origin().commit(".gitattributes", "* filter=lfs\n");
        origin().commit(".gitmodules", "[submodule \"s\"]\n\tpath = s\n\turl = ext::sh -c touch% " + evil + "\n");
        KeptDirectories kept = kept();

        KeptWorkspace workspace = settled(kept, kept.fetch(ANN, source("")));

        assertEquals(new State.Ready(), workspace.state());
        Path tree = kept.directory(workspace.id());
        assertEquals("x", Files.readString(tree.resolve("sub/a.txt")));
        assertFalse(Files.exists(tree.resolve(".git/hooks")));
        assertFalse(Files.exists(evil));
    }

    @Test
    void whyAFetchFailedIsSaid() throws Exception {
        origin().commit("a.txt", "x");
        KeptDirectories kept = kept();
        KeptWorkspace missing = settled(kept, kept.fetch(ANN, source("nowhere")));
        assertEquals(
                "The repository cannot be fetched: Remote branch nowhere not found in upstream origin",
                reason(missing));
        KeptWorkspace none = settled(kept, kept.fetch(ANN, source("0".repeat(40))));
        assertTrue(reason(none).startsWith("The repository cannot be fetched: "), reason(none));
        assertFalse(Files.exists(kept.directory(missing.id())));
        assertThrows(
                KeptWorkspaceException.class,
                () -> kept.fetch(ANN, new GitSource("file:///etc", Optional.empty(), Optional.empty())));

        kept.delete(missing.id());
        kept.delete(none.id());
        assertEquals(List.of(), left());
    }

    @Test
    void aRepositoryThatIsTooLargeIsStoppedWhileItComes() throws Exception {
        byte[] noise = new byte[2_000_000];
        new Random(1).nextBytes(noise);
        Files.write(origin().directory().resolve("noise"), noise);
        origin().commit("a.txt", "x");
        KeptDirectories kept = kept();

        KeptWorkspace workspace = settled(kept, kept.fetch(ANN, source("")));

        assertTrue(reason(workspace).startsWith("The repository"), reason(workspace));
        kept.delete(workspace.id());
        assertEquals(List.of(), left());
    }

    @Test
    void oneThatTakesTooLongIsStopped() throws Exception {
        origin().commit("a.txt", "x");
        Shell slow = (command, _) ->
                new Shell.Result(new Shell.End.TimedOut(command.timeout()), "", Optional.empty(), command.timeout());
        KeptDirectories kept = kept(Long.MAX_VALUE, (_, _, _) -> slow);
        assertEquals(
                "The repository cannot be fetched: It took longer than the 1 minutes that are allowed.",
                reason(settled(kept, kept.fetch(ANN, source("")))));
    }

    @Test
    void whatItsServerDiedOverHasFailed() throws Exception {
        origin().commit("a.txt", "x");
        KeptDirectories kept = kept();
        KeptWorkspace begun = kept.fetch(ANN, source(""));
        kept.close();
        State state = kept.find(begun.id()).orElseThrow().state();
        assertFalse(state instanceof State.Preparing, state.toString());

        Notes notes = new Notes(directory.resolve("root/.workspaces"));
        notes.write(begun);
        clock.advance(Duration.ofHours(2));
        assertEquals(
                "The server that prepared it has died. Make the workspace again.",
                reason(kept.find(begun.id()).orElseThrow()));
    }

    @Test
    void whatIsLeftOverIsTidiedUp() throws Exception {
        KeptDirectories kept = kept();
        KeptWorkspace workspace = kept.make(ANN);
        Path beside = directory.resolve("root/.workspaces");
        Path old = beside.resolve("ws_1.draft");
        Files.createDirectories(old.resolve("a"));
        Files.writeString(old.resolve("a/b"), "b");
        Files.setPosixFilePermissions(old.resolve("a"), PosixFilePermissions.fromString("---------"));
        Files.setLastModifiedTime(old, FileTime.from(clock.instant().minus(Duration.ofDays(2))));
        Files.setLastModifiedTime(
                beside.resolve(workspace.id() + ".properties"),
                FileTime.from(clock.instant().minus(Duration.ofDays(9))));
        Path current = Files.writeString(beside.resolve("ws_2.upload"), "b");
        Files.setLastModifiedTime(current, FileTime.from(clock.instant()));

        assertEquals(1, kept.tidy());

        assertEquals(List.of(workspace.id() + ".properties", "ws_2.upload"), left());
    }

    @Test
    void removingOneFollowsNoLink() throws Exception {
        KeptDirectories kept = kept();
        KeptWorkspace workspace = kept.make(ANN);
        Path outside = Files.writeString(directory.resolve("outside"), "kept");
        Path tree = kept.directory(workspace.id());
        Files.createSymbolicLink(tree.resolve("link"), directory);
        Files.createDirectory(tree.resolve("locked"));
        Files.writeString(tree.resolve("locked/a"), "a");
        Files.setPosixFilePermissions(tree.resolve("locked"), PosixFilePermissions.fromString("r--------"));

        kept.delete(workspace.id());
        kept.delete(workspace.id());

        assertEquals("kept", Files.readString(outside));
        assertFalse(Files.exists(tree));
        assertEquals(Optional.empty(), kept.find(workspace.id()));
    }

    @Test
    void allTogetherMayHoldOnlySoMuch() throws Exception {
        KeptDirectories kept = kept(100_000, this::shell);
        KeptWorkspace first = kept.make(ANN);
        Files.write(kept.directory(first.id()).resolve("a"), new byte[150_000]);
        kept.requireRoom();
        clock.advance(Duration.ofMinutes(1));

        KeptWorkspaceException full = assertThrows(KeptWorkspaceException.class, () -> kept.make(ANN));

        assertEquals(Kind.FULL, full.kind());
        kept.delete(first.id());
        kept.make(ANN);
    }
}
