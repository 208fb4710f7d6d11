package dev.fettle.tools.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.Message;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.snapshot.SnapshotException;
import dev.fettle.core.snapshot.Snapshots;
import dev.fettle.core.undo.TreeKeeper;
import dev.fettle.core.undo.TurnChange;
import dev.fettle.core.undo.Undo;
import dev.fettle.core.undo.Undo.Span;
import dev.fettle.core.undo.Undone;
import dev.fettle.testkit.MemorySessionStore;
import dev.fettle.tools.snapshot.tree.Scope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tree before a turn is the tree after its undo, with real files and real git.
final class UndoTest {
    @TempDir
    Path directory;

    private final MemorySessionStore sessions = new MemorySessionStore(InstantSource.system());
    private Path tree;
    private SessionId session;

    @BeforeEach
    void open() throws IOException {
        tree = Files.createDirectory(directory.toRealPath().resolve("tree"));
        session = sessions.create(tree.toString(), "t").id();
    }

    private Snapshots snapshots() {
        return new GitSnapshots(directory.resolve("store"), new Scope(6_000_000, 1_000, false), InstantSource.system());
    }

    /// As a process that has just started would have it.
    private Undo undo() {
        return new Undo(sessions, snapshots());
    }

    private interface Doing {
        void run() throws IOException;
    }

    /// A turn as the agent's loop writes it into the log.
    private void turn(String said, Doing doing) throws IOException {
        TreeKeeper keeper = new TreeKeeper(snapshots(), tree, Optional.empty());
        try (EventLog log = sessions.open(session)) {
            log.append(new Event.UserSaid(said, List.of()));
            Event.TreeKept begun = keeper.before(session);
            log.append(begun);
            doing.run();
            keeper.after(session, begun).ifPresent(log::append);
            log.append(new Event.TurnEnded(new Outcome.Completed()));
        }
    }

    private Undone.Done done(Undone undone) {
        return assertInstanceOf(Undone.Done.class, undone, undone.toString());
    }

    @Test
    void theTreeAfterAnUndoIsTheTreeFromBefore() throws IOException {
        populate();
        Map<String, String> before = Trees.describe(tree);
        turn("ruin it", this::ruin);
        Map<String, String> after = Trees.describe(tree);

        Undone.Done undone = done(undo().undo(session, 1, false));

        assertEquals(before, Trees.describe(tree));
        assertEquals(List.of(), undone.notRestored());
        assertTrue(undone.paths().containsAll(List.of("a.txt", "crlf.txt", "empty/er/", "run.sh")), undone.toString());

        done(undo().redo(session, false));

        assertEquals(after, Trees.describe(tree));
        done(undo().undo(session, 1, false));
        assertEquals(before, Trees.describe(tree));
    }

    /// A tree with one of everything.
    private void populate() throws IOException {
        write("a.txt", "one\n");
        write("crlf.txt", "one\r\ntwo\r\n");
        write(".gitattributes", "* text=auto eol=lf\n");
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
        Files.createSymbolicLink(tree.resolve("link"), Path.of("a.txt"));
        Files.createSymbolicLink(tree.resolve("outside"), Path.of("/no/where"));
        Files.createSymbolicLink(tree.resolve("folder"), Path.of("deep"));
    }

    private void ruin() throws IOException {
        write("a.txt", "two\n");
        Files.move(tree.resolve("crlf.txt"), tree.resolve("renamed.txt"));
        write("renamed.txt", "one\ntwo\n");
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
        write("large", "small");
        permit("deep", "rwx------");
    }

    @Test
    void whatAShellDoesIsTakenBackAndTheRepositoryStays() throws Exception {
        git("init", "-q");
        write("a.txt", "one\n");
        write("b.txt", "two\n");
        git("add", ".");
        git("commit", "-qm", "first");
        write("b.txt", "staged\n");
        git("add", "b.txt");
        write("untracked.txt", "mine\n");
        Map<String, String> before = Trees.describe(tree, path -> !path.startsWith(".git"));
        turn(
                "commit it",
                () -> sh("sed -i s/one/1/ a.txt; mv b.txt c.txt; git add -A; git commit -qm second; rm untracked.txt"));
        String head = sh("git rev-parse HEAD");

        done(undo().undo(session, 1, false));

        assertEquals(before, Trees.describe(tree, path -> !path.startsWith(".git")));
        assertEquals(head, sh("git rev-parse HEAD"));
        assertEquals("", sh("git fsck --no-progress"));
    }

    @Test
    void repositoriesInTheTreeKeepTheirOwnAndGetTheirFilesBack() throws Exception {
        git("init", "-q");
        sh("git init -q nested && cd nested && echo 1 > n.txt && git add . && git commit -qm n");
        sh("git -c protocol.file.allow=always submodule --quiet add ./nested sub");
        Map<String, String> before = Trees.describe(tree, path -> !path.contains(".git"));
        turn("both", () -> sh("cd nested; echo 2 > n.txt; git commit -qam m; cd ../sub; rm n.txt; echo x > x.txt"));
        String head = sh("git -C nested rev-parse HEAD");

        done(undo().undo(session, 1, false));

        assertEquals(before, Trees.describe(tree, path -> !path.contains(".git")));
        assertEquals(head, sh("git -C nested rev-parse HEAD"));
        assertEquals("", sh("git -C sub status --short"));
    }

    @Test
    void filesThatTheTurnDidNotTouchAreNotTouched() throws IOException {
        write("a.txt", "one\n");
        write("mine.txt", "one\n");
        turn("change a", () -> {
            write("a.txt", "two\n");
            write("made/by/turn.txt", "x");
        });
        write("mine.txt", "edited\n");
        write("made/mine.txt", "mine\n");
        write("later.txt", "mine\n");

        Undone.Done undone = done(undo().undo(session, 1, false));

        assertEquals("one\n", read("a.txt"));
        assertEquals("edited\n", read("mine.txt"));
        assertEquals("mine\n", read("made/mine.txt"));
        assertEquals("mine\n", read("later.txt"));
        assertFalse(Files.exists(tree.resolve("made/by")));
        assertEquals(List.of("a.txt", "made/by/", "made/by/turn.txt"), undone.paths());
    }

    @Test
    void whatSomebodyChangedSinceIsAConflictAndNothingIsTouched() throws IOException {
        write("a.txt", "one\n");
        write("b.txt", "one\n");
        write("gone.txt", "one\n");
        turn("change", () -> {
            write("a.txt", "two\n");
            write("b.txt", "two\n");
            Files.delete(tree.resolve("gone.txt"));
        });
        write("b.txt", "mine\n");
        write("gone.txt", "mine\n");
        Map<String, String> found = Trees.describe(tree);

        Undone refused = undo().undo(session, 1, false);

        Undone.Conflict conflict = assertInstanceOf(Undone.Conflict.class, refused);
        assertEquals(List.of("b.txt", "gone.txt"), conflict.paths());
        assertEquals(found, Trees.describe(tree));

        done(undo().undo(session, 1, true));
        assertEquals(List.of("one\n", "one\n", "one\n"), List.of(read("a.txt"), read("b.txt"), read("gone.txt")));
        done(undo().redo(session, false));
        assertEquals(found, Trees.describe(tree));
    }

    @Test
    void whatIsAsItWasBeforeAlreadyIsNoConflict() throws IOException {
        write("a.txt", "one\n");
        turn("change", () -> {
            write("a.txt", "two\n");
            write("b.txt", "two\n");
        });
        write("a.txt", "one\n");

        assertEquals(List.of("b.txt"), done(undo().undo(session, 1, false)).paths());
    }

    @Test
    void severalTurnsAreTakenBackAroundEditsBetweenThem() throws IOException {
        write("a.txt", "0\n");
        write("b.txt", "0\n");
        Map<String, String> before = Trees.describe(tree);
        turn("one", () -> write("a.txt", "1\n"));
        write("mine.txt", "mine\n");
        turn("two", () -> write("b.txt", "2\n"));
        turn("only asks", () -> {});
        turn("three", () -> {
            write("a.txt", "3\n");
            write("c.txt", "3\n");
        });

        Undone.Done two = done(undo().undo(session, 2, false));
        assertEquals(List.of(2, 4), two.turns().stream().map(TurnChange::number).toList());
        assertEquals(List.of("1\n", "0\n"), List.of(read("a.txt"), read("b.txt")));
        done(undo().undo(session, 1, false));
        Files.delete(tree.resolve("mine.txt"));
        assertEquals(before, Trees.describe(tree));
        assertInstanceOf(Undone.Nothing.class, undo().undo(session, 1, false));

        done(undo().redo(session, false));
        done(undo().redo(session, false));
        assertEquals(List.of("3\n", "2\n"), List.of(read("a.txt"), read("b.txt")));
        assertInstanceOf(Undone.Nothing.class, undo().redo(session, false));
    }

    @Test
    void aTurnAfterAnUndoDropsWhatCouldBeDoneAgain() throws IOException {
        turn("one", () -> write("a.txt", "1\n"));
        done(undo().undo(session, 1, false));
        turn("another", () -> write("b.txt", "2\n"));

        assertInstanceOf(Undone.Nothing.class, undo().redo(session, false));
        assertEquals(
                List.of(TurnChange.State.UNDONE, TurnChange.State.CHANGED),
                undo().turns(session).stream().map(TurnChange::state).toList());
    }

    @Test
    void theModelIsToldWhatWasTakenBack() throws IOException {
        turn("one", () -> write("a.txt", "1\n"));
        done(undo().undo(session, 1, false));

        assertEquals(
                new Message.User(
                        "The user has taken back what you changed in these files: a.txt. Read them again before you change them.",
                        List.of()),
                Conversation.of(sessions.history(session)).messages().getLast());
    }

    @Test
    void whatGitIgnoresIsLeftAlone() throws IOException {
        write(".gitignore", "target/\n");
        write("target/out.txt", "1\n");
        write("a.txt", "1\n");
        turn("build", () -> {
            write("target/out.txt", "2\n");
            write("a.txt", "2\n");
        });

        Undone.Done undone = done(undo().undo(session, 1, false));

        assertEquals(List.of("1\n", "2\n"), List.of(read("a.txt"), read("target/out.txt")));
        assertEquals(List.of("target/ (ignored by git)"), undone.leftOut());
    }

    @Test
    void aFileThatGitIgnoresOnlySinceTheTurnComesBack() throws IOException {
        write("notes.txt", "mine\n");
        turn("ignore it", () -> {
            write(".gitignore", "notes.txt\n");
            write("notes.txt", "ruined\n");
        });

        done(undo().undo(session, 1, false));

        assertEquals("mine\n", read("notes.txt"));
        assertFalse(Files.exists(tree.resolve(".gitignore")));
    }

    @Test
    void aFileThatGitIgnoredBeforeTheTurnIsSpared() throws IOException {
        write(".gitignore", ".env\n");
        write(".env", "KEY=1\n");
        turn("let git see it", () -> write(".gitignore", "\n"));

        Undone.Done undone = done(undo().undo(session, 1, false));

        assertEquals("KEY=1\n", read(".env"));
        assertEquals(".env\n", read(".gitignore"));
        assertEquals(1, undone.notRestored().size(), undone.toString());
    }

    @Test
    void aTurnThatIsUnderWayKeepsItsSession() throws IOException {
        turn("one", () -> write("a.txt", "1\n"));
        try (EventLog _ = sessions.open(session)) {
            SessionException busy = assertThrows(SessionException.class, () -> undo().undo(session, 1, false));
            assertEquals(SessionException.Kind.BUSY, busy.kind());
        }
        assertEquals("1\n", read("a.txt"));
    }

    @Test
    void aTurnThatWasBrokenOffIsOnlyTakenBackByForce() throws IOException {
        write("a.txt", "0\n");
        try (EventLog log = sessions.open(session)) {
            log.append(new Event.UserSaid("one", List.of()));
            log.append(new TreeKeeper(snapshots(), tree, Optional.empty()).before(session));
        }
        write("a.txt", "1\n");

        assertInstanceOf(Undone.Nothing.class, undo().undo(session, 1, false));
        assertEquals("1\n", read("a.txt"));
        done(undo().undo(session, 1, true));
        assertEquals("0\n", read("a.txt"));
        done(undo().redo(session, false));
        assertEquals("1\n", read("a.txt"));
    }

    @Test
    void aTreeThatCannotBeKeptCostsTheUndoAndNothingElse() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        Snapshots blocked = new GitSnapshots(file.resolve("store"), 1000, InstantSource.system());
        Event.TreeKept kept = new TreeKeeper(blocked, tree, Optional.empty()).before(session);
        assertTrue(kept.trouble().startsWith("Cannot keep snapshots in "), kept.trouble());

        Snapshots small =
                new GitSnapshots(directory.resolve("other"), new Scope(1000, 2, false), InstantSource.system());
        write("a/b/c", "");
        Event.TreeKept many = new TreeKeeper(small, tree, Optional.empty()).before(session);
        assertTrue(many.trouble().endsWith("holds more than 2 files and directories."), many.trouble());

        try (EventLog log = sessions.open(session)) {
            log.append(new Event.UserSaid("one", List.of()));
            log.append(many);
        }
        Undone.Nothing nothing = assertInstanceOf(Undone.Nothing.class, undo().undo(session, 1, false));
        assertEquals("Turn 1 cannot be taken back: " + many.trouble(), nothing.why());
    }

    @Test
    void snapshotsThatMadeRoomAreSaidToBeGone() throws IOException {
        turn("one", () -> write("a.txt", "1\n"));
        snapshots().delete(session);

        SnapshotException gone = assertThrows(SnapshotException.class, () -> undo().undo(session, 1, false));
        assertEquals(SnapshotException.Kind.NOT_FOUND, gone.kind());
    }

    @Test
    void aDiffIsOfTheLastTurnOrOfMore() throws IOException {
        write("a.txt", "0\n");
        turn("one", () -> write("a.txt", "1\n"));
        turn("two", () -> write("b.txt", "2\n"));

        assertEquals(List.of("b.txt"), changed(new Span.LastTurn()));
        assertEquals(List.of("a.txt"), changed(new Span.OneTurn(1)));
        assertEquals(List.of("b.txt"), changed(new Span.Since(2)));
        assertEquals(List.of("a.txt", "b.txt"), changed(new Span.Session()));
        done(undo().undo(session, 1, false));
        assertEquals(List.of("a.txt"), changed(new Span.Session()));
        done(undo().undo(session, 1, false));
        assertEquals(List.of(), changed(new Span.LastTurn()));
    }

    private List<String> changed(Span span) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        undo().diff(session, span, out);
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("+++ b/"))
                .map(line -> line.substring("+++ b/".length()))
                .toList();
    }

    @Test
    void aRewindGoesOnInAForkFromBeforeTheTurn() throws IOException {
        write("a.txt", "0\n");
        turn("one", () -> write("a.txt", "1\n"));
        turn("two", () -> write("a.txt", "2\n"));
        turn("three", () -> write("b.txt", "3\n"));
        int events = sessions.history(session).size();

        Undone.Done rewound = done(undo().rewind(session, 2, false));

        assertEquals("1\n", read("a.txt"));
        assertFalse(Files.exists(tree.resolve("b.txt")));
        SessionId fork = rewound.fork().orElseThrow();
        assertEquals(4, sessions.history(fork).size());
        assertEquals(
                List.of(1), undo().turns(fork).stream().map(TurnChange::number).toList());
        assertEquals(events + 1, sessions.history(session).size());

        done(undo().undo(fork, 1, false));
        assertEquals("0\n", read("a.txt"));
        done(undo().redo(fork, false));
        done(undo().redo(session, false));
        assertEquals(List.of("2\n", "3\n"), List.of(read("a.txt"), read("b.txt")));
    }

    @Test
    void aRewindToATurnThatIsNotThereDoesNothing() throws IOException {
        turn("one", () -> write("a.txt", "1\n"));
        assertInstanceOf(Undone.Nothing.class, undo().rewind(session, 2, false));
        assertInstanceOf(Undone.Nothing.class, undo().rewind(session, 0, false));
    }

    private void write(String path, String content) throws IOException {
        Path file = tree.resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, content);
    }

    private String read(String path) throws IOException {
        return Files.readString(tree.resolve(path));
    }

    private void permit(String path, String permissions) throws IOException {
        Files.setPosixFilePermissions(tree.resolve(path), PosixFilePermissions.fromString(permissions));
    }

    private void remove(String path) throws IOException {
        Files.walkFileTree(tree.resolve(path), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void git(String... arguments) throws IOException {
        sh("git " + String.join(" ", arguments));
    }

    private String sh(String script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-ec", script).directory(tree.toFile());
        builder.redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "GIT_CONFIG_GLOBAL", "/dev/null",
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_AUTHOR_NAME", "Ada",
                        "GIT_AUTHOR_EMAIL", "ada@example.org",
                        "GIT_COMMITTER_NAME", "Ada",
                        "GIT_COMMITTER_EMAIL", "ada@example.org"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            assertEquals(0, process.waitFor(), output);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return output;
    }
}
