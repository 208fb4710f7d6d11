package dev.fettle.tools.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.session.SessionId;
import dev.fettle.core.snapshot.Snapshot;
import dev.fettle.core.snapshot.Snapshots;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several sessions, threads and processes in one place.
final class SharedStoreTest {
    private static final SessionId SESSION = SessionId.at(Instant.EPOCH);
    private static final SessionId OTHER = SessionId.at(Instant.EPOCH);

    @TempDir
    Path directory;

    private Path store;
    private Path tree;

    /// A second process: takes snapshots of a tree that it changes before each.
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            takeMany(Path.of(arguments[0]), new SessionId(arguments[1]), Path.of(arguments[2]));
        }
    }

    private static void takeMany(Path store, SessionId session, Path tree) throws IOException {
        Snapshots snapshots = snapshots(store);
        for (int i = 0; i < 70; i++) {
            Files.writeString(tree.resolve("n.txt"), tree.getFileName() + " " + i);
            snapshots.take(session, tree);
        }
    }

    private static Snapshots snapshots(Path store) {
        return new GitSnapshots(store, 1_000_000, InstantSource.system());
    }

    @BeforeEach
    void populate() throws IOException {
        store = directory.toRealPath().resolve("store");
        tree = tree("tree");
    }

    private Path tree(String name) throws IOException {
        Path made = Files.createDirectory(directory.toRealPath().resolve(name));
        for (int i = 0; i < 100; i++) {
            Files.writeString(made.resolve("file" + i), "content " + i);
        }
        return made;
    }

    @Test
    void twoSessionsAtOnceKeepWhatIsTheirs() throws IOException, InterruptedException, ExecutionException {
        Path second = tree("second");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> both = List.of(
                    threads.submit(() -> {
                        takeMany(store, SESSION, tree);
                        return SESSION;
                    }),
                    threads.submit(() -> {
                        takeMany(store, OTHER, second);
                        return OTHER;
                    }));
            for (Future<?> each : both) {
                each.get();
            }
        }
        holdsEvery(SESSION, "tree");
        holdsEvery(OTHER, "second");
    }

    @Test
    void twoProcessesInOneSessionLoseNothing() throws IOException, InterruptedException {
        Path second = tree("second");
        List<Process> processes = List.of(process(tree), process(second));
        for (Process each : processes) {
            String said = new String(each.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, each.waitFor(), said);
        }
        List<Snapshot> history = snapshots(store).history(SESSION);
        assertEquals(140, history.stream().map(Snapshot::id).distinct().count());
        holdsEvery(SESSION, "tree", "second");
        String said = GitSnapshotsTest.run(store.resolve(SESSION.value()), "git", "--git-dir=.", "fsck", "--full");
        assertTrue(!said.contains("error") && !said.contains("missing"), said);
    }

    private Process process(Path where) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        store.toString(),
                        SESSION.value(),
                        where.toString())
                .redirectErrorStream(true)
                .start();
    }

    /// By restoring each.
    private void holdsEvery(SessionId session, String... names) throws IOException {
        List<String> expected = Stream.of(names)
                .flatMap(name -> Stream.iterate(0, i -> i < 70, i -> i + 1).map(i -> name + " " + i))
                .sorted()
                .toList();
        Path target = directory.resolve("restored" + session);
        Snapshots snapshots = snapshots(store);
        List<String> found = new ArrayList<>();
        for (Snapshot each : snapshots.history(session)) {
            assertEquals(List.of(), snapshots.restore(each, target).notRestored());
            found.add(Files.readString(target.resolve("n.txt")));
        }
        assertEquals(expected, found.stream().sorted().toList());
    }

    @Test
    void aSecondSessionInTheSameTreeKeepsNoFileAnew() throws IOException {
        Snapshots snapshots =
                new GitSnapshots(store, 1_000_000, () -> Instant.now().plusSeconds(60));
        Snapshot first = snapshots.take(SESSION, tree);
        Snapshot second = snapshots.take(OTHER, tree);
        assertEquals(first.id(), second.id());
        List<Path> inherited = packs(SESSION);
        List<Path> packs = packs(OTHER);
        assertEquals(2, packs.size());
        assertTrue(Files.isSameFile(
                inherited.getFirst(), packs(OTHER, inherited.getFirst().getFileName())));
        snapshots.delete(SESSION);
        Path elsewhere = directory.resolve("elsewhere");
        snapshots.restore(second, elsewhere);
        assertEquals(Trees.describe(tree), Trees.describe(elsewhere));
    }

    @Test
    void aMemoryOfFilesThatAreNotKeptIsNotInherited() throws IOException {
        Snapshots snapshots =
                new GitSnapshots(store, 1_000_000, () -> Instant.now().plusSeconds(60));
        Snapshot first = snapshots.take(SESSION, tree);
        for (Path pack : packs(SESSION)) {
            Files.delete(pack);
            Files.delete(Path.of(pack.toString().replace(".pack", ".idx")));
        }
        assertEquals(first.id(), snapshots.take(OTHER, tree).id());
        Path elsewhere = directory.resolve("elsewhere");
        snapshots.restore(snapshots.latest(OTHER).orElseThrow(), elsewhere);
        assertEquals(Trees.describe(tree), Trees.describe(elsewhere));
    }

    private List<Path> packs(SessionId session) throws IOException {
        try (Stream<Path> files = Files.list(store.resolve(session.value()).resolve("objects/pack"))) {
            return files.filter(each -> each.toString().endsWith(".pack")).toList();
        }
    }

    private Path packs(SessionId session, Path name) throws IOException {
        return packs(session).stream()
                .filter(each -> Objects.equals(each.getFileName(), name))
                .findFirst()
                .orElseThrow();
    }
}
