package dev.fettle.tools.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.session.SessionId;
import dev.fettle.core.snapshot.Restored;
import dev.fettle.core.snapshot.Snapshot;
import dev.fettle.core.snapshot.SnapshotException;
import dev.fettle.core.snapshot.Snapshots;
import dev.fettle.tools.snapshot.object.ObjectWriter;
import dev.fettle.tools.snapshot.object.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a tree or a store contains, nothing outside of the tree is read, written or removed.
final class HostileTreeTest {
    private static final SessionId SESSION = SessionId.at(Instant.EPOCH);

    @TempDir
    Path directory;

    private Path tree;
    private Path outside;
    private Path store;
    private Snapshots snapshots;

    @BeforeEach
    void open() throws IOException {
        Path real = directory.toRealPath();
        tree = Files.createDirectory(real.resolve("tree"));
        outside = Files.createDirectory(real.resolve("outside"));
        Files.createDirectory(outside.resolve("deep"));
        Files.writeString(outside.resolve("a.txt"), "theirs");
        Files.writeString(outside.resolve("deep/b.txt"), "theirs");
        store = real.resolve("store");
        snapshots = new GitSnapshots(store, 1_000_000, InstantSource.system());
    }

    @Test
    void aLinkInPlaceOfADirectoryIsReplacedAndNotFollowed() throws IOException, InterruptedException {
        Map<String, String> theirs = Trees.describe(outside);
        Files.createDirectories(tree.resolve("folder/deep"));
        Files.writeString(tree.resolve("folder/a.txt"), "ours");
        Files.writeString(tree.resolve("folder/deep/b.txt"), "ours");
        Snapshot taken = snapshots.take(SESSION, tree);
        Map<String, String> ours = Trees.describe(tree);
        for (String link : List.of("folder/deep", "folder")) {
            GitSnapshotsTest.run(tree, "rm", "-r", link);
            Files.createSymbolicLink(tree.resolve(link), outside);
            Restored restored = snapshots.restore(taken, tree);
            assertEquals(List.of(), restored.notRestored());
            assertEquals(ours, Trees.describe(tree));
            assertEquals(theirs, Trees.describe(outside));
        }
    }

    /// While a tree is restored to and fro, somebody keeps putting a link in place of one of its directories.
    @Test
    void aDirectorySwappedForALinkMeanwhileLeadsNowhere() throws IOException, InterruptedException {
        Map<String, String> theirs = Trees.describe(outside);
        Path folder = Files.createDirectory(tree.resolve("folder"));
        Files.createDirectory(folder.resolve("deep"));
        Path aside = tree.resolve("aside");
        Files.writeString(folder.resolve("a.txt"), "one");
        Files.writeString(folder.resolve("deep/b.txt"), "one");
        Files.createSymbolicLink(folder.resolve("c"), Path.of("one"));
        Snapshot one = snapshots.take(SESSION, tree);
        Files.writeString(folder.resolve("a.txt"), "two");
        Files.delete(folder.resolve("deep/b.txt"));
        Files.delete(folder.resolve("c"));
        Files.createDirectories(folder.resolve("new/er"));
        Snapshot two = snapshots.take(SESSION, tree);
        AtomicBoolean isOver = new AtomicBoolean();
        Thread swapping = Thread.ofPlatform().start(() -> {
            while (!isOver.get()) {
                swap(folder, aside);
            }
        });
        try {
            for (int i = 0; i < 50; i++) {
                Snapshot next = i % 2 == 0 ? one : two;
                snapshots.restore(next, tree);
                snapshots.take(SESSION, tree);
            }
        } finally {
            isOver.set(true);
            swapping.join();
        }
        assertEquals(theirs, Trees.describe(outside, path -> !path.matches("[0-9a-f-]{36}")));
        ObjectId content =
                new ObjectInserter.Formatter().idFor(Constants.OBJ_BLOB, "theirs".getBytes(StandardCharsets.UTF_8));
        assertFalse(new SessionRepository(SESSION, store.resolve(SESSION.value()))
                .packs()
                .has(content));
    }

    /// What fails was being restored just then.
    private void swap(Path folder, Path aside) {
        try {
            Files.move(folder, aside);
            Files.createSymbolicLink(folder, outside);
            Files.delete(folder);
            Files.move(aside, folder);
        } catch (IOException e) {
            assertTrue(Files.exists(tree));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "a/b", "../outside/a.txt", "/etc/passwd"})
    void aStoreThatNamesWhatIsOutsideIsRefused(String name) throws IOException {
        snapshots.take(SESSION, tree);
        ObjectId tampered;
        SessionRepository repository = new SessionRepository(SESSION, store.resolve(SESSION.value()));
        try (ObjectWriter writer = new ObjectWriter(repository.packs(), store)) {
            ObjectId evil = writer.add(StoredObject.Type.BLOB, "evil".getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream entry = new ByteArrayOutputStream();
            entry.writeBytes(("100644 " + name + "\0").getBytes(StandardCharsets.UTF_8));
            evil.copyRawTo(entry);
            tampered = writer.add(StoredObject.Type.TREE, entry.toByteArray());
            writer.publish();
        }
        Snapshot snapshot = new Snapshot(SESSION, tampered.name(), Instant.EPOCH, List.of());
        SnapshotException e = assertThrows(SnapshotException.class, () -> snapshots.restore(snapshot, tree));
        assertEquals(SnapshotException.Kind.STORAGE, e.kind());
        assertEquals(Map.of(), Trees.describe(tree));
    }

    @Test
    void rulesAreNotReadThroughLinks() throws IOException {
        Files.writeString(outside.resolve("rules"), "*\n");
        Files.createSymbolicLink(tree.resolve(".gitignore"), outside.resolve("rules"));
        Files.createSymbolicLink(tree.resolve(".git"), outside);
        Files.writeString(tree.resolve("a.txt"), "a");
        Snapshot taken = snapshots.take(SESSION, tree);
        assertEquals(List.of(".git (the repository is elsewhere)"), taken.leftOut());
        Path elsewhere = directory.resolve("elsewhere");
        snapshots.restore(taken, elsewhere);
        assertTrue(Files.isSymbolicLink(elsewhere.resolve(".gitignore")));
        assertTrue(Files.isRegularFile(elsewhere.resolve("a.txt"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void directoriesThatForbidChangesAreRestoredToo() throws IOException {
        Path locked = Files.createDirectories(tree.resolve("locked/deep"));
        Files.writeString(locked.resolve("a.txt"), "a");
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        Snapshot taken = snapshots.take(SESSION, tree);
        Map<String, String> described = Trees.describe(tree);
        Path elsewhere = directory.resolve("elsewhere");
        assertEquals(List.of(), snapshots.restore(taken, elsewhere).notRestored());
        assertEquals(described, Trees.describe(elsewhere));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.delete(locked.resolve("a.txt"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        assertEquals(List.of(), snapshots.restore(taken, tree).notRestored());
        assertEquals(described, Trees.describe(tree));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(elsewhere.resolve("locked/deep"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void aNestTooDeepIsNamed() throws IOException {
        Path deep = tree;
        for (int i = 0; i < 250; i++) {
            deep = deep.resolve("d");
        }
        Files.createDirectories(deep);
        List<String> leftOut = snapshots.take(SESSION, tree).leftOut();
        assertEquals(1, leftOut.size());
        assertTrue(leftOut.getFirst().endsWith("/ (nested too deep)"), leftOut.toString());
    }

    @Test
    void manyOmissionsAreCounted() throws IOException {
        Files.writeString(tree.resolve(".gitignore"), "*.log\n");
        for (int i = 0; i < 300; i++) {
            Files.writeString(tree.resolve(i + ".log"), "");
        }
        List<String> leftOut = snapshots.take(SESSION, tree).leftOut();
        assertEquals(201, leftOut.size());
        assertEquals("… and 100 more", leftOut.getLast());
    }
}
