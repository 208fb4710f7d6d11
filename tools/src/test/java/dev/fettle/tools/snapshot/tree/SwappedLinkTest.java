package dev.fettle.tools.snapshot.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fettle.tools.snapshot.object.DurableFile;
import dev.fettle.tools.snapshot.object.ObjectReader;
import dev.fettle.tools.snapshot.object.ObjectWriter;
import dev.fettle.tools.snapshot.object.Packs;
import dev.fettle.tools.snapshot.object.StoredObject;
import dev.fettle.tools.snapshot.object.TreeEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was a directory when it was read is a link to another one when it is changed.
final class SwappedLinkTest {
    @TempDir
    Path directory;

    private Path tree;
    private Path outside;
    private Packs packs;

    @BeforeEach
    void swap() throws IOException {
        tree = Files.createDirectory(directory.resolve("tree"));
        outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("a.txt"), "theirs");
        Files.createSymbolicLink(tree.resolve("folder"), outside);
        packs = new Packs(Files.createDirectory(directory.resolve("packs"), DurableFile.PRIVATE_DIRECTORY));
    }

    @Test
    void itIsNotOpened() throws IOException {
        try (SecureDirectoryStream<Path> root = OpenDirectory.root(tree)) {
            assertThrows(
                    IOException.class, () -> OpenDirectory.child(root, "folder").close());
        }
    }

    @Test
    void nothingIsRemovedBehindIt() throws IOException {
        assertEquals(1, change(tree("a.txt", "ours"), empty()).size());
        assertEquals("theirs", Files.readString(outside.resolve("a.txt")));
    }

    @Test
    void nothingIsWrittenBehindIt() throws IOException {
        assertEquals(1, change(tree("a.txt", "ours"), tree("a.txt", "other")).size());
        assertEquals(1, change(tree("a.txt", "ours"), tree("b.txt", "more")).size());
        assertEquals("theirs", Files.readString(outside.resolve("a.txt")));
        assertFalse(Files.exists(outside.resolve("b.txt")));
    }

    @Test
    void itsPermissionsAreNotGivenToWhatIsBehindIt() throws IOException {
        ObjectId from = tree("a.txt", "ours");
        ObjectId folder =
                new ObjectReader(packs, directory).tree(from).getFirst().id();
        ObjectId to = keep(List.of(TreeEntry.directory("folder", 0700, folder)));
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(outside);
        assertEquals(1, change(from, to).size());
        assertEquals(before, Files.getPosixFilePermissions(outside));
    }

    private List<String> change(ObjectId from, ObjectId to) throws IOException {
        try (Restoring restoring = new Restoring(new ObjectReader(packs, directory), tree, Optional.empty())) {
            restoring.change(from, to);
            return restoring.notRestored().lines();
        }
    }

    /// With a directory `folder` that holds one file.
    private ObjectId tree(String name, String content) throws IOException {
        ObjectId file;
        try (ObjectWriter writer = new ObjectWriter(packs, directory)) {
            file = writer.add(StoredObject.Type.BLOB, content.getBytes(StandardCharsets.UTF_8));
            writer.publish();
        }
        ObjectId folder = keep(List.of(TreeEntry.file(name, 0644, file)));
        return keep(List.of(TreeEntry.directory("folder", 0755, folder)));
    }

    private ObjectId empty() throws IOException {
        return keep(List.of());
    }

    private ObjectId keep(List<TreeEntry> entries) throws IOException {
        try (ObjectWriter writer = new ObjectWriter(packs, directory)) {
            ObjectId id = writer.add(StoredObject.Type.TREE, TreeEntry.encode(entries));
            writer.publish();
            return id;
        }
    }
}
