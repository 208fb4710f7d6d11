package dev.fettle.tools.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.fettle.core.session.SessionId;
import dev.fettle.core.snapshot.Restored;
import dev.fettle.core.snapshot.Snapshot;
import dev.fettle.core.snapshot.SnapshotException;
import dev.fettle.core.snapshot.Snapshots;
import dev.fettle.core.snapshot.StoredSnapshots;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GitSnapshotsTest {
    private static final SessionId SESSION = SessionId.at(Instant.EPOCH);

    @TempDir
    Path directory;

    private Path tree;
    private Path store;
    private Snapshots snapshots;

    @BeforeEach
    void open() throws IOException {
        tree = Files.createDirectory(directory.toRealPath().resolve("tree"));
        store = directory.toRealPath().resolve("store");
        snapshots = new GitSnapshots(store, 6_000_000, InstantSource.system());
    }

    @Test
    void restoresEveryKindOfChange() throws IOException {
        populate();
        Map<String, String> described = Trees.describe(tree);
        Snapshot taken = take();
        ruin();
        Snapshot ruined = take();
        assertNotEquals(taken.id(), ruined.id());

        Restored restored = snapshots.restore(taken, tree);

        assertEquals(List.of(), restored.notRestored());
        assertEquals(described, Trees.describe(tree));
        assertEquals(taken.id(), take().id());
        assertEquals(ruined, restored.before());
    }

    @Test
    void aRestoreCanBeTakenBack() throws IOException {
        populate();
        Snapshot taken = take();
        ruin();
        Map<String, String> ruined = Trees.describe(tree);
        Snapshot before = snapshots.restore(taken, tree).before();
        assertEquals(List.of(), snapshots.restore(before, tree).notRestored());
        assertEquals(ruined, Trees.describe(tree));
    }

    @Test
    void restoresIntoADirectoryThatIsNotThere() throws IOException {
        populate();
        Snapshot taken = take();
        Path elsewhere = directory.resolve("other/machine");
        Restored restored = snapshots.restore(taken, elsewhere);
        assertEquals(List.of(), restored.notRestored());
        assertEquals(Trees.describe(tree), Trees.describe(elsewhere));
        assertEquals(Trees.describe(tree).size(), restored.written());
        assertEquals(taken.id(), snapshots.latest(SESSION).orElseThrow().id());
    }

    /// A tree with one of everything.
    private void populate() throws IOException {
        write("a.txt", "one\n");
        write("crlf.txt", "one\r\ntwo\r\n");
        write(".gitattributes", "* text=auto eol=lf filter=evil\n");
        write("deep/er/b.txt", "b");
        write("deep/only/c.txt", "c");
        write("größe/日本語/naïve 🎉.txt", "unicode");
        write("with space/and\nnewline", "x");
        write("run.sh", "#!/bin/sh\n");
        permit("run.sh", "rwxr-xr-x");
        write("secret", "for me");
        permit("secret", "rw-------");
        Files.createDirectories(tree.resolve("empty/er"));
        permit("empty", "rwx------");
        Files.write(tree.resolve("binary"), new byte[] {0, 1, (byte) 0xff, 0, '\r', '\n', 0});
        byte[] large = new byte[5_000_000];
        new Random(1).nextBytes(large);
        Files.write(tree.resolve("large"), large);
        write("none", "");
        Files.createSymbolicLink(tree.resolve("link"), Path.of("a.txt"));
        Files.createSymbolicLink(tree.resolve("deep/dangling"), Path.of("../no/where"));
        Files.createSymbolicLink(tree.resolve("outside"), Path.of("/no/where"));
        Files.createSymbolicLink(tree.resolve("folder"), Path.of("deep"));
    }

    private void ruin() throws IOException {
        write("a.txt", "two\n");
        Files.move(tree.resolve("crlf.txt"), tree.resolve("renamed.txt"));
        remove("deep/only");
        remove("größe");
        remove("empty");
        permit("run.sh", "rw-r--r--");
        permit("secret", "rw-r--r--");
        write("new/directory/n.txt", "n");
        Files.createDirectories(tree.resolve("new/empty"));
        Files.delete(tree.resolve("link"));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("b.txt"));
        Files.delete(tree.resolve("folder"));
        write("folder/is/now/one.txt", "x");
        Files.delete(tree.resolve("binary"));
        write("binary/no.txt", "more");
        Files.write(tree.resolve("large"), "small".getBytes(StandardCharsets.UTF_8));
        permit("deep", "rwx------");
    }

    @Test
    void anUnchangedTreeGivesTheSameSnapshotAndWritesNothing() throws IOException {
        populate();
        Snapshot taken = take();
        assertEquals(taken, take());
        Map<String, String> kept = Trees.describe(store, path -> !path.contains("/fettle"));
        assertEquals(taken, take());
        assertEquals(kept, Trees.describe(store, path -> !path.contains("/fettle")));
        assertEquals(List.of(taken), snapshots.history(SESSION));
    }

    @Test
    void noticesAWriteThatHidesBehindTheOldTime() throws IOException {
        Path file = write("a.txt", "one");
        FileTime time = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(file, time);
        Snapshots later = new GitSnapshots(store, 6_000_000, () -> Instant.now().plusSeconds(60));
        String id = later.take(SESSION, tree).id();
        assertEquals(id, later.take(SESSION, tree).id());
        Files.write(file, "two".getBytes(StandardCharsets.UTF_8));
        Files.setLastModifiedTime(file, time);
        assertNotEquals(id, later.take(SESSION, tree).id());
    }

    @Test
    void noticesAWriteInTheSameTickOfTheClock() throws IOException {
        for (int i = 0; i < 40; i++) {
            write("a.txt", "one" + i % 2);
            String id = take().id();
            write("a.txt", "two" + i % 2);
            assertNotEquals(id, take().id(), "round " + i);
        }
    }

    @Test
    void aDamagedIndexCostsNothingButTime() throws IOException {
        populate();
        snapshots = new GitSnapshots(store, 6_000_000, () -> Instant.now().plusSeconds(60));
        Snapshot taken = take();
        try (Stream<Path> files = Files.list(store.resolve(SESSION.value()).resolve("fettle"))) {
            for (Path index : files.toList()) {
                byte[] content = Files.readAllBytes(index);
                content[content.length / 2] ^= 1;
                Files.write(index, content);
            }
        }
        assertEquals(taken, take());
    }

    @Test
    void leavesOutWhatGitIgnoresAndSaysSo() throws IOException {
        write(".gitignore", "target/\n*.log\n");
        write("a.log", "log");
        write("a.txt", "a");
        write("target/a.class", "class");
        write("module/target/b.class", "class");
        write("module/.gitignore", "!keep.log\n");
        write("module/keep.log", "log");
        Snapshot taken = take();
        assertEquals(
                List.of("a.log (ignored by git)", "module/target/ (ignored by git)", "target/ (ignored by git)"),
                taken.leftOut());
        remove("target");
        write("a.log", "more");
        write("a.txt", "b");
        Restored restored = snapshots.restore(taken, tree);
        assertEquals(List.of("target/ (ignored by git)"), restored.notRestored());
        assertEquals("more", read("a.log"));
        assertEquals("a", read("a.txt"));
    }

    @Test
    void whatIsIgnoredOnlyNowIsKeptBeforeItIsReplaced() throws IOException {
        write("notes.txt", "first");
        Snapshot taken = take();
        write("notes.txt", "second");
        write(".gitignore", "notes.txt\n");
        Restored restored = snapshots.restore(taken, tree);
        assertEquals("first", read("notes.txt"));
        assertFalse(Files.exists(tree.resolve(".gitignore")));
        snapshots.restore(restored.before(), tree);
        assertEquals("second", read("notes.txt"));
    }

    @Test
    void whatIsNotKeptIsNeverLost() throws IOException {
        write("place", "a file");
        write("folder/a.txt", "a");
        Snapshot taken = take();
        Files.delete(tree.resolve("place"));
        Files.write(tree.resolve("place"), new byte[7_000_000]);
        remove("folder");
        write("new/.gitignore", "*.log\n");
        write("new/a.log", "log");
        Restored restored = snapshots.restore(taken, tree);
        assertEquals(
                List.of(
                        "new/ (not removed: it holds what snapshots leave out)",
                        "place (something that snapshots leave out is in its place)"),
                restored.notRestored());
        assertEquals(7_000_000, Files.size(tree.resolve("place")));
        assertEquals("log", read("new/a.log"));
        assertEquals("a", read("folder/a.txt"));
    }

    @Test
    void namesWhatCannotBeKept() throws IOException, InterruptedException {
        Files.write(tree.resolve("huge"), new byte[6_000_001]);
        write("nested/a.txt", "a");
        write("nested/.git/HEAD", "ref: refs/heads/main");
        write("submodule/.git", "gitdir: ../.git/modules/submodule");
        write("submodule/b.txt", "b");
        run(tree, "mkfifo", "pipe");
        Snapshot taken = take();
        assertEquals(
                List.of(
                        "huge (larger than 6000000 bytes)",
                        "nested/.git/ (a repository of its own)",
                        "pipe (a pipe, socket or device)",
                        "submodule/.git (a repository of its own)"),
                taken.leftOut());
        Path elsewhere = directory.resolve("elsewhere");
        assertEquals(taken.leftOut(), snapshots.restore(taken, elsewhere).notRestored());
        assertEquals(
                List.of("nested", "nested/a.txt", "submodule", "submodule/b.txt"),
                List.copyOf(Trees.describe(elsewhere).keySet()));
    }

    @Test
    void leavesItselfOut() throws IOException {
        write("a.txt", "a");
        Snapshots inside = new GitSnapshots(tree.resolve("store"), 1000, InstantSource.system());
        Snapshot taken = inside.take(SESSION, tree);
        assertEquals(List.of("store/ (snapshots are kept there)"), taken.leftOut());
        assertEquals(taken, inside.take(SESSION, tree));
    }

    @Test
    void gitItselfCanReadWhatIsKept() throws IOException, InterruptedException {
        populate();
        take();
        ruin();
        take();
        Path repository = store.resolve(SESSION.value());
        String said = run(repository, "git", "--git-dir=.", "fsck", "--full");
        assertFalse(said.contains("error") || said.contains("missing"), said);
        String shown = run(repository, "git", "--git-dir=.", "log", "--all", "--format=%s");
        assertEquals(2, shown.lines().filter(("Snapshot of " + SESSION)::equals).count());
        run(
                repository,
                "git",
                "--git-dir=.",
                "verify-pack",
                packs(repository).getFirst().toString());
    }

    @Test
    void manySnapshotsEndUpInFewFiles() throws IOException {
        for (int i = 0; i < 60; i++) {
            write("a.txt", "number " + i);
            take();
        }
        List<Snapshot> history = snapshots.history(SESSION);
        assertEquals(60, history.size());
        assertTrue(packs(store.resolve(SESSION.value())).size() <= 51);
        snapshots.restore(history.get(59), tree);
        assertEquals("number 0", read("a.txt"));
        assertEquals(history.get(0).id(), snapshots.history(SESSION).get(1).id());
    }

    @Test
    void deletesAndListsWhatIsKept() throws IOException {
        assertEquals(List.of(), snapshots.stored());
        assertEquals(Optional.empty(), snapshots.latest(SESSION));
        write("a.txt", "a");
        Snapshot taken = take();
        SessionId other = SessionId.at(Instant.EPOCH.plusSeconds(1));
        snapshots.take(other, tree);
        List<StoredSnapshots> stored = snapshots.stored();
        assertEquals(2, stored.size());
        assertTrue(stored.stream().allMatch(each -> each.bytes() > 0), stored.toString());
        snapshots.delete(SESSION);
        snapshots.delete(SESSION);
        assertEquals(
                List.of(other),
                snapshots.stored().stream().map(StoredSnapshots::session).toList());
        assertEquals(Optional.empty(), snapshots.latest(SESSION));
        SnapshotException gone = assertThrows(SnapshotException.class, () -> snapshots.restore(taken, tree));
        assertEquals(SnapshotException.Kind.NOT_FOUND, gone.kind());
    }

    @Test
    void saysWhereItCannotWrite() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        Snapshots blocked = new GitSnapshots(file.resolve("store"), 1000, InstantSource.system());
        SnapshotException e = assertThrows(SnapshotException.class, () -> blocked.take(SESSION, tree));
        assertEquals(SnapshotException.Kind.STORAGE, e.kind());
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
        assertTrue(e.getMessage().contains("choose another directory"), e.getMessage());
    }

    @Test
    void saysWhatItMayNotTouch() throws IOException {
        Path locked = Files.createDirectory(directory.resolve("locked"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-x------"));
        assumeFalse(Files.isWritable(locked), "who may do everything is refused nothing");
        Snapshots blocked = new GitSnapshots(locked.resolve("store"), 1000, InstantSource.system());
        SnapshotException e = assertThrows(SnapshotException.class, () -> blocked.take(SESSION, tree));
        assertTrue(e.getMessage().contains("permission denied. Make it writable"), e.getMessage());
        Path secret = write("secret", "for nobody");
        permit("secret", "---------");
        assertEquals(List.of("secret (cannot be read: permission denied)"), take().leftOut());
        Files.delete(secret);
    }

    @Test
    void saysThatThereIsNoTree() {
        SnapshotException e =
                assertThrows(SnapshotException.class, () -> snapshots.take(SESSION, tree.resolve("none")));
        assertEquals(SnapshotException.Kind.TREE, e.kind());
    }

    @Test
    void noticesWhatWasDamaged() throws IOException {
        write("a.txt", "content that will be damaged".repeat(50));
        Snapshot taken = take();
        write("a.txt", "other");
        Path pack = packs(store.resolve(SESSION.value())).getFirst();
        byte[] content = Files.readAllBytes(pack);
        content[20] ^= 1;
        Files.delete(pack);
        Files.write(pack, content);
        SnapshotException e = assertThrows(SnapshotException.class, () -> snapshots.restore(taken, tree));
        assertEquals(SnapshotException.Kind.STORAGE, e.kind());
        assertEquals("other", read("a.txt"));
        assertEquals(List.of("a.txt"), List.copyOf(Trees.describe(tree).keySet()));
    }

    @Test
    void finishesWhatAnInterruptionFoundUnderWay() throws IOException {
        populate();
        Thread.currentThread().interrupt();
        Snapshot taken = take();
        assertTrue(Thread.interrupted());
        ruin();
        Thread.currentThread().interrupt();
        assertTrue(snapshots.restore(taken, tree).isComplete());
        assertTrue(Thread.interrupted());
    }

    private Snapshot take() {
        return snapshots.take(SESSION, tree);
    }

    private static List<Path> packs(Path repository) throws IOException {
        try (Stream<Path> files = Files.list(repository.resolve("objects/pack"))) {
            return files.filter(each -> each.toString().endsWith(".pack")).toList();
        }
    }

    private Path write(String path, String content) throws IOException {
        Path file = tree.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private String read(String path) throws IOException {
        return Files.readString(tree.resolve(path));
    }

    private void permit(String path, String permissions) throws IOException {
        Files.setPosixFilePermissions(tree.resolve(path), PosixFilePermissions.fromString(permissions));
    }

    private void remove(String path) throws IOException {
        Path top = tree.resolve(path);
        if (Files.isDirectory(top, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> children = Files.list(top)) {
                for (Path child : children.toList()) {
                    remove(tree.relativize(child).toString());
                }
            }
        }
        Files.delete(top);
    }

    static String run(Path directory, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> String.join(" ", command) + ": " + output);
        return output;
    }
}
