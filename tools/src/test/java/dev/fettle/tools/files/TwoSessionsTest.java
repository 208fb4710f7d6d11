package dev.fettle.tools.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.tool.Tool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import dev.fettle.tools.patch.ApplyPatchTool;
import dev.fettle.tools.process.ProcessShell;
import dev.fettle.tools.workspace.LocalWorkspace;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two sessions that change the same files: what one has written is never lost to the other, which is told of
/// the conflict.
final class TwoSessionsTest {
    private static final String READ = "{\"path\":\"a.txt\"}";

    @TempDir
    Path directory;

    private Path file;
    private Session ann;
    private Session bob;

    @BeforeEach
    void open() throws IOException {
        Path root = Files.createDirectory(directory.toRealPath().resolve("root"));
        file = Files.writeString(root.resolve("a.txt"), "one\ntwo\n");
        ann = new Session(root);
        bob = new Session(root);
    }

    private interface Doing {
        void run() throws Exception;
    }

    /// What one session has seen, and what the other does in the moment between its look at a file and its
    /// writing.
    private final class Session {
        private final Workspace local;
        private final Map<String, String> seen = new HashMap<>();
        private Doing meanwhile = () -> {};

        Session(Path root) {
            local = new LocalWorkspace(root, new ProcessShell(root, Map.of(), directory.resolve("spool")));
        }

        private Workspace workspace() {
            return (Workspace) Proxy.newProxyInstance(
                    Workspace.class.getClassLoader(), new Class<?>[] {Workspace.class}, (_, method, arguments) -> {
                        if (method.getName().equals("replace")) {
                            Doing doing = meanwhile;
                            meanwhile = () -> {};
                            doing.run();
                        }
                        try {
                            return method.invoke(local, arguments);
                        } catch (InvocationTargetException e) {
                            throw Objects.requireNonNull(e.getCause());
                        }
                    });
        }

        void call(Tool tool, String arguments) throws InterruptedException {
            ToolOutput output = tool.prepare(arguments).run(new ToolContext(workspace(), seen, _ -> {}));
            seen.putAll(output.seen());
        }
    }

    private static String edit(String old, String fresh) {
        return "{\"path\":\"a.txt\",\"edits\":[{\"old\":\"%s\",\"new\":\"%s\"}]}".formatted(old, fresh);
    }

    private static String write(String content) {
        return "{\"path\":\"a.txt\",\"content\":\"%s\"}".formatted(content);
    }

    @Test
    void whoChangesWhatTheOtherHasChangedSinceItWasReadIsRefused() throws Exception {
        ann.call(new ReadTool(), READ);
        bob.call(new ReadTool(), READ);
        bob.call(new EditTool(), edit("one", "1"));

        for (Doing stale : new Doing[] {
            () -> ann.call(new EditTool(), edit("two", "2")),
            () -> ann.call(new WriteTool(), write("mine")),
            () -> ann.call(new ApplyPatchTool(), patch("*** Update File: a.txt\\n@@\\n-two\\n+2"))
        }) {
            ToolException conflict = assertThrows(ToolException.class, stale::run);
            assertTrue(conflict.getMessage().startsWith("Conflict: a.txt changed"), conflict.getMessage());
        }
        assertEquals("1\ntwo\n", Files.readString(file));

        ann.call(new ReadTool(), READ);
        ann.call(new EditTool(), edit("two", "2"));
        assertEquals("1\n2\n", Files.readString(file));
    }

    @Test
    void whoIsOvertakenBetweenLookingAndWritingIsRefused() throws Exception {
        for (Doing overtaken : new Doing[] {
            () -> ann.call(new EditTool(), edit("two", "2")),
            () -> ann.call(new WriteTool(), write("mine")),
            () -> ann.call(new ApplyPatchTool(), patch("*** Update File: a.txt\\n@@\\n-two\\n+2"))
        }) {
            Files.writeString(file, "one\ntwo\n");
            ann.call(new ReadTool(), READ);
            bob.seen.clear();
            ann.meanwhile = () -> bob.call(new EditTool(), edit("one", "1"));
            RuntimeException conflict = assertThrows(RuntimeException.class, overtaken::run);
            assertTrue(conflict.toString().contains(": Conflict: somebody else changed a.txt"), conflict.toString());
            assertEquals("1\ntwo\n", Files.readString(file));
        }
    }

    @Test
    void aFileThatTheOtherMakesMeanwhileStays() throws Exception {
        Files.delete(file);
        ann.meanwhile = () -> bob.call(new WriteTool(), write("bob's"));

        WorkspaceException conflict =
                assertThrows(WorkspaceException.class, () -> ann.call(new WriteTool(), write("ann's")));

        assertEquals(WorkspaceException.Kind.CHANGED, conflict.kind());
        assertEquals("bob's", Files.readString(file));
    }

    @Test
    void aFileThatTheOtherRemovesMeanwhileStaysAway() throws Exception {
        ann.meanwhile = () -> Files.delete(file);
        WorkspaceException conflict =
                assertThrows(WorkspaceException.class, () -> ann.call(new EditTool(), edit("one", "1")));
        assertEquals(WorkspaceException.Kind.CHANGED, conflict.kind());
        assertFalse(Files.exists(file));
    }

    @Test
    void whoFindsTheFileLockedGivesUpAtOnce() throws Exception {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            Objects.requireNonNull(opened.getChannel().tryLock());
            RuntimeException conflict =
                    assertThrows(RuntimeException.class, () -> ann.call(new EditTool(), edit("one", "1")));
            assertInstanceOf(WorkspaceException.class, conflict);
        }
        ann.call(new EditTool(), edit("one", "1"));
        assertEquals("1\ntwo\n", Files.readString(file));
    }

    private static String patch(String lines) {
        return "{\"patch\":\"*** Begin Patch\\n%s\\n*** End Patch\"}".formatted(lines);
    }
}
