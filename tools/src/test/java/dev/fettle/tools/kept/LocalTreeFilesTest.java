package dev.fettle.tools.kept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.WorkspaceException;
import dev.fettle.core.workspace.kept.ArchiveFormat;
import dev.fettle.core.workspace.kept.Quota;
import dev.fettle.core.workspace.kept.TreeFiles;
import dev.fettle.core.workspace.kept.TreeSize;
import dev.fettle.tools.archive.Unpacker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTreeFilesTest {
    private final TreeFiles files = new LocalTreeFiles();

    @TempDir
    private Path directory = Path.of("");

    private Path tree = Path.of("");

    @BeforeEach
    void plant() throws IOException, InterruptedException {
        directory = directory.toRealPath();
        tree = Files.createDirectories(directory.resolve("tree"));
        Files.writeString(directory.resolve("secret"), "secret");
        Files.createDirectories(tree.resolve("a/b"));
        Files.writeString(tree.resolve("a/b/c.txt"), "content");
        Files.writeString(tree.resolve("program"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(tree.resolve("program"), PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(tree.resolve(".git/objects"));
        Files.writeString(tree.resolve(".git/HEAD"), "ref");
        Files.createSymbolicLink(tree.resolve("in"), Path.of("a/b"));
        Files.createSymbolicLink(tree.resolve("out"), directory.resolve("secret"));
        Files.createSymbolicLink(tree.resolve("up"), Path.of(".."));
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", tree.resolve("pipe").toString())
                        .start()
                        .waitFor());
    }

    private List<String> names(FilePath below, int most) {
        return files.list(tree, below, most).files().stream()
                .map(each -> each.path() + " " + each.kind() + " " + each.size())
                .toList();
    }

    @Test
    void allIsListedAndNoLinkFollowed() {
        assertEquals(
                List.of(
                        ".git DIRECTORY 0",
                        "a DIRECTORY 0",
                        "a/b DIRECTORY 0",
                        "a/b/c.txt FILE 7",
                        "in LINK 0",
                        "out LINK 0",
                        "pipe OTHER 0",
                        "program FILE 10",
                        "up LINK 0"),
                names(FilePath.ROOT, 100));
        assertEquals(List.of("a/b/c.txt FILE 7"), names(new FilePath("a/b"), 100));
        assertTrue(files.list(tree, FilePath.ROOT, 9).isComplete());
        assertEquals(3, files.list(tree, FilePath.ROOT, 3).files().size());
        assertEquals(false, files.list(tree, FilePath.ROOT, 3).isComplete());
        for (String none : List.of("in", "up", "up/tree", "nothing", "program")) {
            assertThrows(WorkspaceException.class, () -> names(new FilePath(none), 100), none);
        }
    }

    private Optional<String> content(String path) throws IOException {
        Optional<TreeFiles.Opened> opened = files.open(tree, new FilePath(path));
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (TreeFiles.Opened file = opened.get()) {
            return Optional.of(file.size() + " " + new String(file.content().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void onlyRegularFilesAreOpenedAndThroughNoLink() throws IOException {
        assertEquals(Optional.of("7 content"), content("a/b/c.txt"));
        for (String none :
                List.of("", "a", "out", "in/c.txt", "up/secret", "up/tree/program", "pipe", "nothing/x", "program/x")) {
            assertEquals(Optional.empty(), content(none), none);
        }
    }

    /// An agent may change the tree between a look and the opening; nothing outside is ever read.
    @Test
    void nobodyWinsARaceWithALink() throws Exception {
        Path swapped = tree.resolve("a/b");
        Path aside = tree.resolve("a/aside");
        Files.createDirectories(directory.resolve("out"));
        Files.writeString(directory.resolve("out/c.txt"), "secret");
        Thread swapping = Thread.ofPlatform().start(() -> {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    Files.move(swapped, aside);
                    Files.createSymbolicLink(swapped, directory.resolve("out"));
                    Files.delete(swapped);
                    Files.move(aside, swapped);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        try {
            for (int i = 0; i < 2_000; i++) {
                Optional<String> content = content("a/b/c.txt");
                assertTrue(content.isEmpty() || content.get().equals("7 content"), content.toString());
            }
        } finally {
            swapping.interrupt();
            swapping.join();
        }
    }

    @Test
    void whatIsPackedCanBeUnpackedAgain() throws Exception {
        Files.writeString(tree.resolve("a/" + "long".repeat(60)), "x");
        Files.writeString(tree.resolve("a/\u00fc \u20ac"), "y");
        for (ArchiveFormat format : ArchiveFormat.values()) {
            Path archive = directory.resolve("archive." + format.suffix());
            try (OutputStream out = Files.newOutputStream(archive)) {
                files.pack(tree, format, out);
            }
            Path into = Files.createDirectory(directory.resolve("into-" + format));
            new Unpacker().unpack(archive, format, into, Quota.NONE);

            assertEquals("content", Files.readString(into.resolve("in/c.txt")));
            assertEquals("ref", Files.readString(into.resolve(".git/HEAD")));
            assertEquals("y", Files.readString(into.resolve("a/\u00fc \u20ac")));
            assertTrue(Files.isExecutable(into.resolve("program")));
            try (Stream<Path> all = Files.list(into)) {
                assertEquals(
                        List.of(".git", "a", "in", "program"),
                        all.map(each -> each.getFileName().toString()).sorted().toList());
            }
        }
    }

    @Test
    void aTreeIsMeasuredWithoutFollowingLinks() {
        assertEquals(new TreeSize(20, 11), files.size(tree));
    }
}
