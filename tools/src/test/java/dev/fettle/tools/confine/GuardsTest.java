package dev.fettle.tools.confine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GuardsTest {
    private static final List<String> NAMES = List.of(".fettle", ".envrc");

    @TempDir
    private Path directory = Path.of("");

    private Path workspace = Path.of("");
    private Guards guards = new Guards(directory);

    @BeforeEach
    void prepare() throws IOException {
        workspace = Files.createDirectory(directory.resolve("workspace"));
        guards = new Guards(directory.resolve("journal"));
    }

    private List<String> found() throws IOException {
        try (Stream<Path> files = Files.list(workspace)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void freePlacesAreOccupiedAndGivenBack() throws IOException {
        Files.writeString(workspace.resolve(".envrc"), "mine");
        try (Guards.Held _ = guards.hold(workspace, NAMES)) {
            assertEquals(List.of(".envrc", ".fettle"), found());
        }
        assertEquals(List.of(".envrc"), found());
        assertEquals("mine", Files.readString(workspace.resolve(".envrc")));
    }

    @Test
    void theLastToLetGoRemovesThem() throws IOException {
        Guards.Held first = guards.hold(workspace, NAMES);
        Guards.Held second = new Guards(directory.resolve("journal")).hold(workspace, NAMES);
        first.close();
        assertEquals(List.of(".envrc", ".fettle"), found());
        second.close();
        assertEquals(List.of(), found());
    }

    @Test
    void whatADeadProcessHeldIsRemovedByTheNext() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        guards.hold(workspace, NAMES);
        try (Stream<Path> files = Files.walk(directory.resolve("journal"))) {
            for (Path holder : files.filter(
                            each -> each.getFileName().toString().startsWith("holder-"))
                    .toList()) {
                Files.move(holder, holder.resolveSibling("holder-" + dead.pid() + "-x"));
            }
        }
        guards.hold(workspace, List.of()).close();
        assertEquals(List.of(), found());
    }

    @Test
    void whatSomebodyMadeOfAGuardIsTheirs() throws IOException {
        try (Guards.Held _ = guards.hold(workspace, NAMES)) {
            Files.writeString(workspace.resolve(".fettle/file"), "theirs");
            Files.delete(workspace.resolve(".envrc"));
            Files.writeString(workspace.resolve(".envrc"), "theirs");
        }
        assertEquals("theirs", Files.readString(workspace.resolve(".fettle/file")));
        assertEquals("theirs", Files.readString(workspace.resolve(".envrc")));
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Files.createSymbolicLink(workspace.resolve(".fettle"), directory.resolve("elsewhere"));
        try (Guards.Held _ = guards.hold(workspace, NAMES)) {
            assertFalse(Files.exists(directory.resolve("elsewhere")));
        }
        assertTrue(Files.isSymbolicLink(workspace.resolve(".fettle")));
    }

    @Test
    void repositoriesAreFoundHoweverDeepAndSoAreThoseOfSubmodules() throws IOException {
        for (String git : List.of("a/b/c/d/e/.git", ".git", ".git/modules/libs/one")) {
            Files.createDirectories(workspace.resolve(git));
            Files.writeString(workspace.resolve(git).resolve("HEAD"), "ref: refs/heads/main\n");
            Files.writeString(workspace.resolve(git).resolve("config"), "[core]\n");
        }
        Files.createDirectory(workspace.resolve("worktree"));
        Files.writeString(workspace.resolve("worktree/.git"), "gitdir: elsewhere\n");
        assertEquals(
                List.of(
                        ".git/config",
                        ".git/hooks",
                        ".git/info",
                        ".git/modules/libs/one/config",
                        ".git/modules/libs/one/hooks",
                        ".git/modules/libs/one/info",
                        "a/b/c/d/e/.git/config",
                        "a/b/c/d/e/.git/hooks",
                        "a/b/c/d/e/.git/info",
                        "worktree/.git"),
                ProtectedPaths.of(workspace).fixed().stream()
                        .map(each -> workspace.relativize(each).toString())
                        .toList());
    }
}
