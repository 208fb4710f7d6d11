package dev.fettle.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// What every [Workspace] promises. Extend it and give it an empty one.
public abstract class WorkspaceContract {

    /// The same empty workspace throughout one test.
    protected abstract Workspace workspace();

    @Test
    protected void readsBackWhatWasWritten() throws IOException {
        byte[] content = {0, 1, (byte) 0xff, '\r', '\n'};
        workspace().write(at("a.bin"), content);
        try (InputStream in = workspace().open(at("a.bin"))) {
            assertArrayEquals(content, in.readAllBytes());
        }
    }

    @Test
    protected void createsDirectoriesOnTheWay() throws IOException {
        write("a/b/c.txt", "deep");
        assertEquals("deep", read("a/b/c.txt"));
        assertEquals(
                Optional.of(FileInfo.Kind.DIRECTORY),
                workspace().info(at("a/b")).map(FileInfo::kind));
    }

    @Test
    protected void replacesTheWholeContent() throws IOException {
        write("a.txt", "long content");
        write("a.txt", "short");
        assertEquals("short", read("a.txt"));
        assertEquals(5, workspace().info(at("a.txt")).orElseThrow().size());
    }

    @Test
    protected void replacesOnlyWhatIsKnown() throws IOException {
        write("a.txt", "one");
        replace("a.txt", Optional.of("one"), "two");
        assertEquals("two", read("a.txt"));
        refuses(WorkspaceException.Kind.CHANGED, () -> replace("a.txt", Optional.of("one"), "three"));
        refuses(WorkspaceException.Kind.CHANGED, () -> replace("a.txt", Optional.empty(), "three"));
        refuses(WorkspaceException.Kind.CHANGED, () -> replace("b/c.txt", Optional.of("one"), "three"));
        assertEquals("two", read("a.txt"));
        replace("b/c.txt", Optional.empty(), "new");
        assertEquals("new", read("b/c.txt"));
    }

    private void replace(String path, Optional<String> known, String content) {
        workspace()
                .replace(
                        at(path),
                        known.map(text -> text.getBytes(StandardCharsets.UTF_8)),
                        content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    protected void ofManyWhoReplaceTheSameOneSucceeds() throws Exception {
        write("a.txt", "0");
        for (int round = 0; round < 50; round++) {
            String known = read("a.txt");
            AtomicInteger successes = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String mine = "%d by %d".formatted(round, i);
                threads.add(Thread.ofVirtual().start(() -> {
                    try {
                        replace("a.txt", Optional.of(known), mine);
                        successes.incrementAndGet();
                    } catch (WorkspaceException e) {
                        assertEquals(WorkspaceException.Kind.CHANGED, e.kind());
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(1, successes.get(), known);
            assertNotEquals(known, read("a.txt"));
        }
    }

    @Test
    protected void locatesTheSamePlaceHoweverItIsWritten() {
        FilePath place = new FilePath("a/b.txt");
        for (String path : List.of("a/b.txt", "./a/b.txt", "a//b.txt", "a/./b.txt", "a/c/../b.txt", "a/b.txt/")) {
            assertEquals(place, at(path), path);
        }
        assertEquals(place, at(workspace().name() + "/a/b.txt"));
        assertEquals(FilePath.ROOT, at("."));
        assertEquals(FilePath.ROOT, at(""));
        assertEquals(FilePath.ROOT, at(workspace().name()));
    }

    @Test
    protected void refusesPathsThatLeaveTheRoot() {
        for (String path :
                List.of("..", "../x", "a/../../x", "/etc/passwd", workspace().name() + "-x/a", "/")) {
            refuses(WorkspaceException.Kind.OUTSIDE, () -> at(path));
        }
    }

    @Test
    protected void knowsNothingOfWhatIsNotThere() {
        assertEquals(Optional.empty(), workspace().info(at("none")));
        assertEquals(Optional.empty(), workspace().info(at("none/at/all")));
    }

    @Test
    protected void knowsTheRoot() {
        assertEquals(
                Optional.of(FileInfo.Kind.DIRECTORY),
                workspace().info(FilePath.ROOT).map(FileInfo::kind));
        assertEquals(List.of(), workspace().list(FilePath.ROOT));
    }

    @Test
    protected void listsDirectChildrenByName() {
        write("b.txt", "b");
        write("a/x.txt", "x");
        write("a/y/z.txt", "z");
        write("c.txt", "");
        assertEquals(List.of("a", "b.txt", "c.txt"), paths("."));
        assertEquals(List.of("a/x.txt", "a/y"), paths("a"));
    }

    @Test
    protected void keepsOddNamesApart() throws IOException {
        List<String> names = List.of("with space", "line\nbreak", "größe-日本-😀", "-dash", "a:b*?", "$(x)");
        for (String name : names) {
            write(name, name);
        }
        for (String name : names) {
            assertEquals(name, read(name));
        }
        assertEquals(names.stream().sorted().toList(), paths("."));
    }

    @Test
    protected void saysWhatIsMissing() {
        refuses(WorkspaceException.Kind.NOT_FOUND, () -> workspace().open(at("none")));
        refuses(WorkspaceException.Kind.NOT_FOUND, () -> workspace().list(at("none")));
        refuses(WorkspaceException.Kind.NOT_FOUND, () -> workspace().delete(at("none")));
        refuses(WorkspaceException.Kind.NOT_FOUND, () -> workspace().move(at("none"), at("b")));
    }

    @Test
    protected void saysWhatIsOfTheWrongKind() {
        write("d/a.txt", "a");
        refuses(WorkspaceException.Kind.WRONG_KIND, () -> workspace().open(at("d")));
        refuses(WorkspaceException.Kind.WRONG_KIND, () -> workspace().write(at("d"), new byte[0]));
        refuses(WorkspaceException.Kind.WRONG_KIND, () -> workspace().write(at("d/a.txt/b"), new byte[0]));
        refuses(WorkspaceException.Kind.WRONG_KIND, () -> workspace().list(at("d/a.txt")));
        refuses(WorkspaceException.Kind.WRONG_KIND, () -> workspace().delete(at("d")));
        refuses(WorkspaceException.Kind.WRONG_KIND, () -> workspace().move(at("d"), at("e")));
        refuses(WorkspaceException.Kind.WRONG_KIND, () -> workspace().move(at("d/a.txt"), at("d")));
    }

    @Test
    protected void movesAndReplaces() throws IOException {
        write("a.txt", "a");
        write("b.txt", "b");
        workspace().move(at("a.txt"), at("new/c.txt"));
        workspace().move(at("new/c.txt"), at("b.txt"));
        assertEquals("a", read("b.txt"));
        assertEquals(List.of("b.txt", "new"), paths("."));
        assertEquals(List.of(), paths("new"));
    }

    @Test
    protected void deletesFiles() {
        write("d/a.txt", "a");
        workspace().delete(at("d/a.txt"));
        assertEquals(Optional.empty(), workspace().info(at("d/a.txt")));
        assertEquals(List.of(), paths("d"));
    }

    @Test
    protected void leavesGitItsFiles() {
        write("a.txt", "a");
        write(".gitignore", "x");
        for (String path : List.of(".git/config", "sub/.git/hooks/pre-commit", ".git", ".GIT/x", "a/../.git/x")) {
            refuses(WorkspaceException.Kind.READ_ONLY, () -> write(path, "x"));
            refuses(WorkspaceException.Kind.READ_ONLY, () -> workspace().move(at("a.txt"), at(path)));
        }
        assertEquals(List.of(".gitignore", "a.txt"), paths("."));
    }

    @Test
    protected void namesThePathItRefuses() {
        WorkspaceException refusal =
                assertThrows(WorkspaceException.class, () -> workspace().open(at("some/where.txt")));
        assertTrue(refusal.getMessage().contains("some/where.txt"), refusal.getMessage());
    }

    @Test
    protected void readersSeeOldOrNewContentAndNothingBetween() throws Exception {
        String old = "o".repeat(100_000);
        String fresh = "n".repeat(100_000);
        write("a.txt", old);
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 100; i++) {
                write("a.txt", i % 2 == 0 ? fresh : old);
            }
        });
        List<String> torn = new ArrayList<>();
        while (writer.isAlive()) {
            String seen = read("a.txt");
            if (!seen.equals(old) && !seen.equals(fresh)) {
                torn.add("%d characters".formatted(seen.length()));
            }
        }
        writer.join();
        assertEquals(List.of(), torn);
    }

    protected final FilePath at(String path) {
        return workspace().locate(path);
    }

    protected final void write(String path, String content) {
        workspace().write(at(path), content.getBytes(StandardCharsets.UTF_8));
    }

    protected final String read(String path) throws IOException {
        try (InputStream in = workspace().open(at(path))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    protected final List<String> paths(String directory) {
        return workspace().list(at(directory)).stream()
                .map(info -> info.path().value())
                .toList();
    }

    protected static void refuses(WorkspaceException.Kind kind, Executable action) {
        assertEquals(kind, assertThrows(WorkspaceException.class, action).kind());
    }
}
