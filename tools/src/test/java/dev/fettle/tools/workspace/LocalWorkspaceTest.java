package dev.fettle.tools.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.ReadOnlyWorkspace;
import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import dev.fettle.testkit.WorkspaceContract;
import dev.fettle.tools.process.ProcessShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalWorkspaceTest extends WorkspaceContract {
    @TempDir
    Path directory;

    private Path root;
    private Path outside;
    private Workspace workspace;

    @BeforeEach
    void open() throws IOException {
        Path real = directory.toRealPath();
        root = Files.createDirectory(real.resolve("root"));
        outside = Files.createDirectory(real.resolve("outside"));
        workspace = new LocalWorkspace(root, new ProcessShell(root, Map.of(), real.resolve("spool")));
    }

    @Override
    protected Workspace workspace() {
        return workspace;
    }

    @Test
    void refusesLinksThatLeaveTheRoot() throws IOException {
        Files.writeString(outside.resolve("secret.txt"), "secret");
        link("file", outside.resolve("secret.txt").toString());
        link("directory", outside.toString());
        link("relative", "../outside");
        link("chain", "relative");
        for (String path : List.of(
                "file",
                "directory",
                "directory/secret.txt",
                "relative/secret.txt",
                "chain/secret.txt",
                "chain/new.txt",
                "directory/../root-that-is-not")) {
            refuses(WorkspaceException.Kind.OUTSIDE, () -> at(path));
        }
    }

    @Test
    void followsLinksThatStayInside() throws IOException {
        write("real/a.txt", "a");
        link("link", "real");
        link("absolute", root.resolve("real").toString());
        assertEquals(new FilePath("real/a.txt"), at("link/a.txt"));
        assertEquals(new FilePath("real/a.txt"), at("absolute/a.txt"));
        assertEquals(new FilePath("a.txt"), at("link/../a.txt"));
    }

    @Test
    void takesDotsAfterALinkWhereTheLinkLeads() throws IOException {
        write("a/b/c.txt", "c");
        link("link", "a/b");
        assertEquals(new FilePath("a/x.txt"), at("link/../x.txt"));
    }

    @Test
    void writesThroughALinkToItsTarget() throws IOException {
        write("real.txt", "old");
        link("link.txt", "real.txt");
        link("dangling.txt", "created.txt");
        write("link.txt", "new");
        write("dangling.txt", "fresh");
        assertEquals("new", Files.readString(root.resolve("real.txt")));
        assertEquals("fresh", Files.readString(root.resolve("created.txt")));
        assertTrue(Files.isSymbolicLink(root.resolve("link.txt")));
        assertTrue(Files.isSymbolicLink(root.resolve("dangling.txt")));
    }

    @Test
    void writesNothingInGitThroughALink() throws IOException {
        Files.createDirectory(root.resolve(".git"));
        link("innocent", ".git");
        refuses(WorkspaceException.Kind.READ_ONLY, () -> write("innocent/config", "x"));
    }

    @Test
    void refusesALinkThatAppearedAfterLocating() throws IOException {
        FilePath place = at("later/a.txt");
        link("later", outside.toString());
        refuses(WorkspaceException.Kind.OUTSIDE, () -> workspace.write(place, new byte[0]));
        refuses(WorkspaceException.Kind.OUTSIDE, () -> workspace.open(place));
        refuses(WorkspaceException.Kind.OUTSIDE, () -> workspace.info(place));
    }

    @Test
    void saysThatLinksGoRoundInALoop() throws IOException {
        link("a", "b");
        link("b", "a");
        link("self", "self/x");
        for (String path : List.of("a", "a/x", "self")) {
            WorkspaceException refusal = assertThrows(WorkspaceException.class, () -> at(path));
            assertTrue(refusal.getMessage().contains("loop"), refusal.getMessage());
        }
    }

    @Test
    void listsLinksAsLinks() throws IOException {
        write("a.txt", "a");
        link("link", "a.txt");
        assertEquals(
                List.of(FileInfo.Kind.FILE, FileInfo.Kind.LINK),
                workspace.list(FilePath.ROOT).stream().map(FileInfo::kind).toList());
        assertEquals(
                Optional.of(FileInfo.Kind.FILE),
                workspace.info(new FilePath("link")).map(FileInfo::kind));
    }

    @Test
    void keepsAFilesMode() throws IOException {
        write("run.sh", "old");
        Files.setPosixFilePermissions(root.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-x--x"));
        write("run.sh", "new");
        workspace.move(at("run.sh"), at("moved.sh"));
        assertEquals(
                "rwxr-x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("moved.sh"))));
    }

    @Test
    void keepsAFilesOwner() throws IOException {
        assumeTrue(isRoot(), "only root can give files away");
        write("a.txt", "old");
        Files.setAttribute(root.resolve("a.txt"), "unix:uid", 12345);
        Files.setAttribute(root.resolve("a.txt"), "unix:gid", 54321);
        write("a.txt", "new");
        assertEquals(Map.of("uid", 12345, "gid", 54321), Files.readAttributes(root.resolve("a.txt"), "unix:uid,gid"));
    }

    @Test
    void neverBlocksOnAPipeOrDevice() throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", root.resolve("pipe").toString())
                        .start()
                        .waitFor());
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            refuses(WorkspaceException.Kind.WRONG_KIND, () -> workspace.open(at("pipe")));
            refuses(WorkspaceException.Kind.WRONG_KIND, () -> write("pipe", "x"));
        });
        assertEquals(
                Optional.of(FileInfo.Kind.OTHER), workspace.info(at("pipe")).map(FileInfo::kind));
    }

    @Test
    void aDirectoryThatIsGoneIsAnObstacleUntilItIsBack() throws Exception {
        Path fleeting = Files.createDirectory(root.resolve("fleeting"));
        ProcessShell shell = new ProcessShell(fleeting, Map.of("PATH", "/usr/bin:/bin"), root.resolve("spool"));
        Workspace workspace = new ReadOnlyWorkspace(new LocalWorkspace(fleeting, shell), shell);
        assertEquals(Optional.empty(), workspace.obstacle());
        Files.delete(fleeting);

        String gone = "The directory %s is gone. Put it back, or leave and work in another one: fettle -C DIR"
                .formatted(fleeting);
        assertEquals(Optional.of(gone), workspace.obstacle());
        WorkspaceException refusal = assertThrows(
                WorkspaceException.class,
                () -> workspace.shell().run(new Shell.Command("pwd", Duration.ofSeconds(9)), _ -> {}));
        assertEquals(gone, refusal.getMessage());
        Files.createDirectory(fleeting);
        assertEquals(Optional.empty(), workspace.obstacle());
    }

    @Test
    void leavesTheOriginalAloneWhenTheDiskIsFull() throws Exception {
        Path small = Files.createDirectory(root.resolve("small"));
        assumeTrue(isRoot() && succeeds("mount", "-t", "tmpfs", "-o", "size=64k", "none", small.toString()));
        try {
            write("small/a.txt", "old");
            WorkspaceException refusal =
                    assertThrows(WorkspaceException.class, () -> write("small/a.txt", "x".repeat(200_000)));
            assertEquals("Cannot write small/a.txt: no space left on device.", refusal.getMessage());
            assertEquals("old", read("small/a.txt"));
            assertEquals(List.of("small/a.txt"), paths("small"));
        } finally {
            succeeds("umount", small.toString());
        }
    }

    @Test
    void leavesTheOriginalAloneOnAReadOnlyFileSystem() throws Exception {
        Path sealed = Files.createDirectory(root.resolve("sealed"));
        assumeTrue(isRoot() && succeeds("mount", "-t", "tmpfs", "none", sealed.toString()));
        try {
            write("sealed/a.txt", "old");
            assertTrue(succeeds("mount", "-o", "remount,ro", sealed.toString()));
            WorkspaceException refusal = assertThrows(WorkspaceException.class, () -> write("sealed/a.txt", "new"));
            assertEquals(WorkspaceException.Kind.IO, refusal.kind());
            refuses(WorkspaceException.Kind.IO, () -> write("sealed/b.txt", "new"));
            assertEquals(List.of("sealed/a.txt"), paths("sealed"));
            assertEquals("old", read("sealed/a.txt"));
        } finally {
            succeeds("umount", sealed.toString());
        }
    }

    @Test
    void saysThatPermissionIsDenied() throws IOException {
        assumeFalse(isRoot(), "root may do everything");
        write("d/a.txt", "old");
        mode("d/a.txt", "---------");
        assertDenied("Cannot read d/a.txt: permission denied.", () -> workspace.open(at("d/a.txt")));
        assertDenied("Cannot write d/a.txt: permission denied.", () -> write("d/a.txt", "new"));
        mode("d/a.txt", "rw-------");
        mode("d", "r-xr-xr-x");
        assertDenied("Cannot write d/a.txt: permission denied.", () -> write("d/a.txt", "new"));
        assertDenied("Cannot delete d/a.txt: permission denied.", () -> workspace.delete(at("d/a.txt")));
        assertEquals("old", read("d/a.txt"));
        assertEquals(List.of("d/a.txt"), paths("d"));
        mode("d", "rwxr-xr-x");
    }

    @Test
    void finishesAWriteThoughTheThreadIsInterrupted() throws IOException {
        Thread.currentThread().interrupt();
        write("a.txt", "written");
        assertEquals("written", read("a.txt"));
        assertTrue(Thread.interrupted());
    }

    @Test
    void leavesNoDraftsBehind() throws IOException {
        write("a.txt", "a");
        write("a.txt", "b");
        try (Stream<Path> files = Files.list(root)) {
            assertEquals(List.of(root.resolve("a.txt")), files.toList());
        }
    }

    @Test
    void takesLongNames() throws IOException {
        String name = "n".repeat(255);
        write(name, "a");
        assertEquals("a", read(name));
        refuses(WorkspaceException.Kind.IO, () -> write("n".repeat(256), "a"));
    }

    @Test
    void refusesARootThatIsNoDirectory() throws IOException {
        Path file = Files.writeString(outside.resolve("file"), "");
        ProcessShell shell = new ProcessShell(root, Map.of(), outside);
        refuses(WorkspaceException.Kind.WRONG_KIND, () -> new LocalWorkspace(file, shell));
        refuses(WorkspaceException.Kind.NOT_FOUND, () -> new LocalWorkspace(outside.resolve("none"), shell));
    }

    @Test
    void refusesWhatCannotBeAPath() {
        refuses(WorkspaceException.Kind.NOT_FOUND, () -> at("a\0b"));
    }

    private static void assertDenied(String message, org.junit.jupiter.api.function.Executable action) {
        assertEquals(message, assertThrows(WorkspaceException.class, action).getMessage());
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(root.resolve(name), Path.of(target));
    }

    private void mode(String path, String mode) throws IOException {
        Files.setPosixFilePermissions(root.resolve(path), PosixFilePermissions.fromString(mode));
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }
}
