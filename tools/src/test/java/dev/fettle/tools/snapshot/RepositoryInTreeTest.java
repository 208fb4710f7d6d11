package dev.fettle.tools.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.session.SessionId;
import dev.fettle.core.snapshot.Restored;
import dev.fettle.core.snapshot.Snapshot;
import dev.fettle.core.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With a real repository in the tree.
final class RepositoryInTreeTest {
    private static final SessionId SESSION = SessionId.at(Instant.EPOCH);

    @TempDir
    Path directory;

    private Path tree;
    private Snapshots snapshots;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        tree = Files.createDirectory(directory.toRealPath().resolve("tree"));
        snapshots = new GitSnapshots(directory.resolve("store"), 1_000_000, InstantSource.system());
        git("init", "-q", "-b", "main");
        Files.writeString(tree.resolve("a.txt"), "one\r\n");
        commit("first");
    }

    @Test
    void takingChangesNothingInIt() throws IOException, InterruptedException {
        Files.writeString(tree.resolve("a.txt"), "two");
        git("stash");
        Files.writeString(tree.resolve("b.txt"), "untracked");
        Files.writeString(tree.resolve(".gitattributes"), "* filter=evil\n");
        git("config", "filter.evil.clean", "touch " + directory.resolve("evil"));
        Files.writeString(tree.resolve(".git/hooks/post-commit"), "#!/bin/sh\ntouch " + directory.resolve("evil"));
        Map<String, String> before = Trees.describe(tree);
        snapshots.take(SESSION, tree);
        assertEquals(before, Trees.describe(tree));
        assertFalse(Files.exists(directory.resolve("evil")));
    }

    @Test
    void commitsAndStashesGoAlongToAnotherMachine() throws IOException, InterruptedException {
        Files.writeString(tree.resolve("a.txt"), "two");
        commit("second");
        git("tag", "v1");
        Files.writeString(tree.resolve("a.txt"), "stashed");
        git("stash");
        Files.writeString(tree.resolve("b.txt"), "added");
        git("add", "b.txt");
        git("config", "branch.main.description", "ours");
        Snapshot taken = snapshots.take(SESSION, tree);
        Path elsewhere = directory.resolve("elsewhere");
        Restored restored = snapshots.restore(taken, elsewhere);
        assertEquals(List.of(".git/hooks/ (hooks are programs)"), restored.notRestored());
        for (List<String> question : List.of(
                List.of("log", "--all", "--format=%H %s"),
                List.of("status", "--porcelain"),
                List.of("stash", "list"),
                List.of("tag"),
                List.of("config", "branch.main.description"))) {
            String[] command = question.toArray(String[]::new);
            assertEquals(ask(tree, command), ask(elsewhere, command));
        }
        assertEquals("", ask(elsewhere, "fsck"));
    }

    @Test
    void undoesACommitAndCanRedoIt() throws IOException, InterruptedException {
        Snapshot taken = snapshots.take(SESSION, tree);
        String first = ask(tree, "rev-parse", "HEAD");
        Files.writeString(tree.resolve("a.txt"), "two");
        commit("second");
        String second = ask(tree, "rev-parse", "HEAD");
        git("gc", "-q");
        Restored restored = snapshots.restore(taken, tree);
        assertEquals(first, ask(tree, "rev-parse", "HEAD"));
        assertEquals("", ask(tree, "status", "--porcelain"));
        assertEquals("commit\n", ask(tree, "cat-file", "-t", second.strip()));
        snapshots.restore(restored.before(), tree);
        assertEquals(second, ask(tree, "rev-parse", "HEAD"));
        assertEquals("", ask(tree, "status", "--porcelain"));
    }

    @Test
    void whatSteersProgramsStaysAsItIs() throws IOException, InterruptedException {
        Snapshot taken = snapshots.take(SESSION, tree);
        git("config", "user.nickname", "new");
        Files.writeString(tree.resolve(".git/hooks/pre-commit"), "#!/bin/sh\n");
        Files.writeString(tree.resolve(".git/info/attributes"), "* text\n");
        Restored restored = snapshots.restore(taken, tree);
        assertEquals(
                List.of(
                        ".git/config (it steers programs and was changed after the snapshot)",
                        ".git/info/attributes (made after the snapshot; it steers programs)"),
                restored.notRestored());
        assertEquals("new\n", ask(tree, "config", "user.nickname"));
        assertTrue(Files.exists(tree.resolve(".git/hooks/pre-commit")));
    }

    @Test
    void aRepositoryMadeSinceStays() throws IOException, InterruptedException {
        Path plain = Files.createDirectory(directory.resolve("plain"));
        Files.writeString(plain.resolve("a.txt"), "a");
        Snapshot taken = snapshots.take(SESSION, plain);
        ask(plain, "init", "-q");
        assertEquals(
                List.of(".git/ (made after the snapshot; it may hold commits)"),
                snapshots.restore(taken, plain).notRestored());
        assertEquals("?? a.txt\n", ask(plain, "status", "--porcelain"));
    }

    @Test
    void aRepositoryOfWhichAPartIsMissingIsNotRestored() throws IOException, InterruptedException {
        byte[] noise = new byte[1_100_000];
        new Random(1).nextBytes(noise);
        Files.write(tree.resolve("noise"), noise);
        commit("large");
        Files.delete(tree.resolve("noise"));
        Snapshot taken = snapshots.take(SESSION, tree);
        Path elsewhere = directory.resolve("elsewhere");
        List<String> missing = snapshots.restore(taken, elsewhere).notRestored();
        assertTrue(missing.getFirst().startsWith(".git (the snapshot lacks .git/objects/"), missing.toString());
        assertFalse(Files.exists(elsewhere.resolve(".git")));
        assertTrue(Files.exists(elsewhere.resolve("a.txt")));
        Files.writeString(tree.resolve("a.txt"), "x");
        commit("later");
        assertEquals(List.of(), snapshots.restore(taken, tree).notRestored());
        assertEquals("large\n", ask(tree, "log", "-1", "--format=%s"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3", "4"})
    void whatIsTrackedIsNotIgnored(String version) throws IOException, InterruptedException {
        Files.writeString(tree.resolve(".gitignore"), "*.jar\nout/\n");
        Files.createDirectories(tree.resolve("out/größe"));
        Files.writeString(tree.resolve("wrapper.jar"), "jar");
        Files.writeString(tree.resolve("out/größe/kept.txt"), "kept");
        Files.writeString(tree.resolve("out/größe/other.txt"), "other");
        git("add", "-f", "wrapper.jar", "out/größe/kept.txt");
        Files.writeString(tree.resolve("new"), "new");
        git("add", "-N", "new");
        git("update-index", "--index-version", version);
        Files.writeString(tree.resolve("other.jar"), "jar");
        Snapshot taken = snapshots.take(SESSION, tree);
        assertEquals(
                List.of(
                        ".git/hooks/ (hooks are programs)",
                        "other.jar (ignored by git)",
                        "out/größe/other.txt (ignored by git)"),
                taken.leftOut());
    }

    @Test
    void aLinkToARepositoryElsewhereIsLeftOut() throws IOException, InterruptedException {
        git("worktree", "add", "-q", directory.resolve("linked").toString());
        Snapshot taken = snapshots.take(SESSION, directory.resolve("linked"));
        assertEquals(List.of(".git (the repository is elsewhere)"), taken.leftOut());
    }

    private void commit(String message) throws IOException, InterruptedException {
        git("add", "-A");
        git("commit", "-qm", message);
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        ask(tree, arguments);
    }

    private static String ask(Path where, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("git", "-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "core.safecrlf=false"));
        command.addAll(List.of(arguments));
        return GitSnapshotsTest.run(where, command.toArray(String[]::new));
    }
}
