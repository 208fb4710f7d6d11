package dev.fettle.tools.worktree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.workspace.WorkspaceException;
import dev.fettle.core.workspace.worktree.Merge;
import dev.fettle.core.workspace.worktree.Worktree;
import dev.fettle.core.workspace.worktree.Worktrees;
import dev.fettle.tools.git.GitIdentity;
import dev.fettle.tools.process.ProcessShell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With real git in real repositories.
final class LocalWorktreesTest {
    @TempDir
    Path directory;

    private Path repository;
    private Worktrees worktrees;

    @BeforeEach
    void open() throws Exception {
        repository = Files.createDirectories(directory.toRealPath().resolve("project"));
        sh(
                repository,
                "git init -q -b main && mkdir sub && echo 1 > a.txt && echo 1 > sub/b.txt && echo 'bin/' > .gitignore"
                        + " && git add . && git commit -qm first && echo 2 >> a.txt && git commit -qam second");
        worktrees = worktrees(repository);
    }

    private Worktrees worktrees(Path place) {
        Map<String, String> environment = ProcessShell.allowedEnvironment(Map.of("PATH", "/usr/bin:/bin"));
        return new LocalWorktrees(
                place,
                directory.resolve("home"),
                tree -> new ProcessShell(tree, environment, directory.resolve("spool")),
                () -> new GitIdentity("Ada", "ada@example.org"));
    }

    @Test
    void aWorktreeBeginsWithTheLastCommitAndLeavesTheUsersChangesAlone() throws Exception {
        Files.writeString(repository.resolve("a.txt"), "mine\n");

        Worktrees.Opened opened = worktrees.open(Optional.of("fix-cart"));

        Path path = opened.worktree().path();
        assertTrue(opened.isNew() && opened.leavesChanges(), opened.toString());
        assertEquals("1\n2\n", Files.readString(path.resolve("a.txt")));
        assertEquals("fix-cart 0 false", standing("fix-cart"));
        assertEquals("fettle/fix-cart", sh(path, "git branch --show-current"));
        assertEquals("second\nfirst", sh(path, "git log --format=%s"));
        assertEquals("main", sh(repository, "git branch --format='%(refname:short)'"));
        assertFalse(worktrees.open(Optional.of("fix-cart")).isNew());
        assertEquals("work-1", worktrees.open(Optional.empty()).worktree().name());
        assertEquals("work-2", worktrees.open(Optional.empty()).worktree().name());
    }

    private String standing(String name) throws InterruptedException {
        Worktree found = named(name);
        return "%s %d %s".formatted(found.name(), found.commits(), found.isDirty());
    }

    private Worktree named(String name) throws InterruptedException {
        return worktrees.list().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoWorksInASubdirectoryDoesSoInTheWorktree() throws Exception {
        Worktree worktree =
                worktrees(repository.resolve("sub")).open(Optional.of("w")).worktree();
        assertEquals(worktree.path().resolve("sub"), worktree.directory());
        assertEquals(
                List.of(worktree.path()),
                worktrees.list().stream().map(Worktree::path).toList());
    }

    @Test
    void commitsAndWhatIsNotCommittedAreMergedAndTheWorktreeIsGone() throws Exception {
        Path path = worktrees.open(Optional.of("w")).worktree().path();
        sh(path, "echo 3 >> a.txt && git commit -qam third && echo new > c.txt && mkdir bin && echo x > bin/x");
        Files.writeString(repository.resolve("mine.txt"), "mine\n");

        Merge merge = worktrees.merge(named("w"), "mend the cart");

        assertEquals(new Merge.Done(2, List.of("a.txt", "c.txt")), merge);
        assertEquals("1\n2\n3\n", Files.readString(repository.resolve("a.txt")));
        assertEquals("mend the cart\nthird\nsecond\nfirst", sh(repository, "git log --format=%s"));
        assertEquals("Ada <ada@example.org>", sh(repository, "git log -1 --format='%an <%ae>'"));
        assertEquals("main", sh(repository, "git branch --format='%(refname:short)'"));
        assertEquals("?? mine.txt", sh(repository, "git status --porcelain"));
        assertFalse(Files.exists(path));
        assertEquals(List.of(), worktrees.list());
    }

    @Test
    void aBranchThatHasMovedOnGetsAMerge() throws Exception {
        Path path = worktrees.open(Optional.of("w")).worktree().path();
        sh(path, "echo new > c.txt");
        sh(repository, "echo other > d.txt && git add d.txt && git commit -qm other");

        assertEquals(new Merge.Done(1, List.of("c.txt")), worktrees.merge(named("w"), "add c"));
        assertEquals("Merge fettle/w: add c", sh(repository, "git log -1 --format=%s"));
    }

    @Test
    void conflictsAreListedAndTheUsersTreeStays() throws Exception {
        Path path = worktrees.open(Optional.of("w")).worktree().path();
        sh(path, "echo theirs > a.txt");
        sh(repository, "echo ours > a.txt && git commit -qam ours");

        Merge.Refused refused = assertInstanceOf(Merge.Refused.class, worktrees.merge(named("w"), "change a"));

        assertEquals(List.of("a.txt"), refused.paths());
        assertEquals("ours\n", Files.readString(repository.resolve("a.txt")));
        assertEquals("", sh(repository, "git status --porcelain"));
        assertEquals("main", sh(repository, "git branch --format='%(refname:short)'"));
        assertEquals("w 1 false", standing("w"));
    }

    @Test
    void aDirtyTreeThatWouldBeTouchedIsLeftAlone() throws Exception {
        Path path = worktrees.open(Optional.of("w")).worktree().path();
        sh(path, "echo theirs >> a.txt && echo theirs > c.txt");
        Files.writeString(repository.resolve("a.txt"), "mine\n");

        Merge.Refused refused = assertInstanceOf(Merge.Refused.class, worktrees.merge(named("w"), "change a"));
        assertEquals(List.of("a.txt"), refused.paths());
        assertEquals("mine\n", Files.readString(repository.resolve("a.txt")));

        sh(repository, "git checkout -q a.txt && echo mine > c.txt");
        Merge.Refused untracked = assertInstanceOf(Merge.Refused.class, worktrees.merge(named("w"), "change a"));
        assertEquals(List.of("c.txt"), untracked.paths());
        assertEquals("mine\n", Files.readString(repository.resolve("c.txt")));

        Files.delete(repository.resolve("c.txt"));
        assertInstanceOf(Merge.Done.class, worktrees.merge(named("w"), "change a"));
    }

    @Test
    void aWorktreeWithoutWorkIsJustRemoved() throws Exception {
        Worktree worktree = worktrees.open(Optional.of("w")).worktree();
        assertFalse(worktree.hasWork());
        assertInstanceOf(Merge.Nothing.class, worktrees.merge(worktree, "nothing"));
        worktrees.discard(worktrees.open(Optional.of("w")).worktree());
        assertEquals(List.of(), worktrees.list());
    }

    @Test
    void noHookRuns() throws Exception {
        for (String hook :
                List.of("post-checkout", "post-merge", "pre-commit", "commit-msg", "reference-transaction")) {
            Path file = repository.resolve(".git/hooks").resolve(hook);
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, "#!/bin/sh\necho " + hook + " >> " + directory.resolve("ran") + "\n");
            assertTrue(file.toFile().setExecutable(true));
        }
        Path path = worktrees.open(Optional.of("w")).worktree().path();
        sh(path, "echo new > c.txt");
        assertInstanceOf(Merge.Done.class, worktrees.merge(named("w"), "add c"));
        assertFalse(Files.exists(directory.resolve("ran")));
    }

    @Test
    void aShallowRepositoryGivesAShallowWorktree() throws Exception {
        sh(directory, "git clone -q --depth 1 file://" + repository + " shallow");
        worktrees = worktrees(directory.resolve("shallow"));
        Path path = worktrees.open(Optional.of("w")).worktree().path();
        sh(path, "echo new > c.txt");
        assertInstanceOf(Merge.Done.class, worktrees.merge(named("w"), "add c"));
        assertEquals("add c\nsecond", sh(directory.resolve("shallow"), "git log --format=%s"));
    }

    @Test
    void whatIsNoPlaceOrNameForOneIsRefused() throws Exception {
        for (String name : List.of("Fix", "a b", "../a", "-x", "")) {
            assertThrows(WorkspaceException.class, () -> worktrees.open(Optional.of(name)), name);
        }
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertThrows(WorkspaceException.class, () -> worktrees(empty));
        sh(empty, "git init -q");
        assertThrows(WorkspaceException.class, () -> worktrees(empty).open(Optional.empty()));
        sh(repository, "git worktree add -q ../linked");
        assertThrows(WorkspaceException.class, () -> worktrees(directory.resolve("linked")));
    }

    private static String sh(Path where, String script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-ec", script).directory(where.toFile());
        builder.redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "GIT_CONFIG_GLOBAL", "/dev/null",
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_AUTHOR_NAME", "Bob",
                        "GIT_AUTHOR_EMAIL", "bob@example.org",
                        "GIT_COMMITTER_NAME", "Bob",
                        "GIT_COMMITTER_EMAIL", "bob@example.org"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}
