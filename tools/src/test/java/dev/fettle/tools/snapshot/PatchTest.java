package dev.fettle.tools.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.session.SessionId;
import dev.fettle.core.snapshot.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchTest {
    private static final SessionId SESSION = SessionId.at(Instant.EPOCH);

    @TempDir
    private Path directory = Path.of("");

    private Path tree = Path.of("");
    private GitSnapshots snapshots = new GitSnapshots(Path.of(""), 0, InstantSource.system());

    @BeforeEach
    void open() throws IOException {
        tree = Files.createDirectory(directory.toRealPath().resolve("tree"));
        snapshots = new GitSnapshots(directory.toRealPath().resolve("store"), 100_000_000, InstantSource.system());
    }

    private String diff(Snapshot before, Snapshot after) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        snapshots.diff(before, after, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private void write(String name, String content) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @Test
    void aChangeOfTextIsShownAsGitShowsIt() throws IOException {
        write("src/a.txt", "one\ntwo\nthree\n");
        Snapshot before = snapshots.take(SESSION, tree);
        write("src/a.txt", "one\n2\nthree");
        write("b.txt", "new\n");
        Snapshot after = snapshots.take(SESSION, tree);

        assertEquals("""
                diff --git a/b.txt b/b.txt
                new file mode 100644
                index 0000000000000000000000000000000000000000..3e757656cf36eca53338e520d134963a44f793f8
                --- /dev/null
                +++ b/b.txt
                @@ -0,0 +1 @@
                +new
                diff --git a/src/a.txt b/src/a.txt
                index 4cb29ea38f70d7c61b2a3a25b02e3bdf44905402..a623a0b003e0a9d68f0cffe69882989f57df4d00 100644
                --- a/src/a.txt
                +++ b/src/a.txt
                @@ -1,3 +1,3 @@
                 one
                -two
                -three
                +2
                +three
                \\ No newline at end of file
                """, diff(before, after));
        assertEquals("", diff(after, after));
    }

    /// Whatever a patch says, what counts is that git makes the second tree of the first with it.
    @Test
    void gitAppliesItToTheTreeBefore() throws Exception {
        byte[] noise = new byte[300_000];
        new Random(1).nextBytes(noise);
        write("gone", "x\n");
        write("empty", "");
        write("d/kept", "same\n");
        write("program", "#!/bin/sh\n");
        write("to a link", "text\n");
        write("dir/file", "becomes a file\n");
        Files.write(tree.resolve("binary"), noise);
        write("long", "line\n".repeat(1_000_000));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("d/kept"));
        Files.createDirectories(tree.resolve(".git/refs"));
        Files.writeString(tree.resolve(".git/HEAD"), "ref: refs/heads/main\n");
        Path copy = directory.resolve("copy");
        copyTo(copy);
        Snapshot before = snapshots.take(SESSION, tree);

        Files.delete(tree.resolve("gone"));
        Files.delete(tree.resolve("empty"));
        write("made empty", "");
        write("tab\tand \"quotes\" and ü", "x");
        Files.setPosixFilePermissions(tree.resolve("program"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.delete(tree.resolve("to a link"));
        Files.createSymbolicLink(tree.resolve("to a link"), Path.of("gone"));
        Files.delete(tree.resolve("dir/file"));
        Files.delete(tree.resolve("dir"));
        write("dir", "now a file\n");
        noise[100_000]++;
        Files.write(tree.resolve("binary"), noise);
        Files.write(tree.resolve("new binary"), new byte[] {0, 1, 2});
        write("long", "line\n".repeat(1_000_000) + "one more\n");
        write("d/windows", "a\r\nb\r\n");
        write("d/latin", "x");
        Files.write(tree.resolve("d/latin"), new byte[] {(byte) 0xe4, '\n'});
        Files.delete(tree.resolve("link"));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("d"));
        Files.writeString(tree.resolve(".git/HEAD"), "ref: refs/heads/other\n");
        Snapshot after = snapshots.take(SESSION, tree);

        Path patch = directory.resolve("patch");
        try (var out = Files.newOutputStream(patch)) {
            snapshots.diff(before, after, out);
        }
        git(copy, "apply", "--whitespace=nowarn", patch.toString());

        assertEquals(described(tree), described(copy));
        assertTrue(Files.size(patch) < 2_000_000, "the patch has %d bytes".formatted(Files.size(patch)));
    }

    private static Map<String, String> described(Path root) throws IOException {
        return Trees.describe(root, path -> !path.startsWith(".git"));
    }

    private void copyTo(Path copy) throws IOException, InterruptedException {
        run(directory, "cp", "-a", tree.toString(), copy.toString());
    }

    private static void git(Path where, String... arguments) throws IOException, InterruptedException {
        String[] words = new String[arguments.length + 1];
        words[0] = "git";
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        run(where, words);
    }

    private static void run(Path where, String... words) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words).directory(where.toFile());
        builder.environment().put("GIT_DIR", "/nowhere");
        File output = Files.createTempFile("output", "").toFile();
        Process process =
                builder.redirectErrorStream(true).redirectOutput(output).start();
        assertEquals(0, process.waitFor(), () -> read(output));
    }

    private static String read(File file) {
        try {
            return Files.readString(file.toPath());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aMarkIsKeptWithItsSession() throws IOException {
        write("a", "1");
        Snapshot first = snapshots.take(SESSION, tree);
        snapshots.mark(first, "run_1-before");
        write("a", "2");
        Snapshot second = snapshots.take(SESSION, tree);
        snapshots.mark(second, "run_1-after");
        write("a", "3");
        snapshots.take(SESSION, tree);

        assertEquals(Optional.of(first), snapshots.marked(SESSION, "run_1-before"));
        assertEquals(Optional.of(second), snapshots.marked(SESSION, "run_1-after"));
        assertEquals(Optional.empty(), snapshots.marked(SESSION, "run_2-before"));
        snapshots.delete(SESSION);
        assertEquals(Optional.empty(), snapshots.marked(SESSION, "run_1-before"));
    }
}
