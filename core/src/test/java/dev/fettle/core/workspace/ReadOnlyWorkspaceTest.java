package dev.fettle.core.workspace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class ReadOnlyWorkspaceTest {
    private static final FilePath FILE = new FilePath("a.txt");

    private final Workspace files = new FilesInMemory(Map.of("a.txt", "hello"));
    private final Workspace readOnly = new ReadOnlyWorkspace(files);

    private static void assertRefuses(String what, Executable action) {
        WorkspaceException refusal = assertThrows(WorkspaceException.class, action);
        assertEquals(WorkspaceException.Kind.READ_ONLY, refusal.kind());
        assertEquals(
                "Cannot %s: the workspace is read-only (READONLY_MODE is on). Say what you would change instead."
                        .formatted(what),
                refusal.getMessage());
    }

    @Test
    void readsAsUsual() throws IOException {
        assertEquals("/work/here", readOnly.name());
        assertEquals(FILE, readOnly.locate("a.txt"));
        assertEquals(files.info(FILE), readOnly.info(FILE));
        assertEquals(files.list(FilePath.ROOT), readOnly.list(FilePath.ROOT));
        assertArrayEquals(
                "hello".getBytes(StandardCharsets.UTF_8), readOnly.open(FILE).readAllBytes());
    }

    @Test
    void refusesEveryChangeAndEveryCommand() {
        assertRefuses("write a.txt", () -> readOnly.write(FILE, new byte[0]));
        assertRefuses("move a.txt to b.txt", () -> readOnly.move(FILE, new FilePath("b.txt")));
        assertRefuses("delete a.txt", () -> readOnly.delete(FILE));
        assertRefuses(
                "run a command",
                () -> readOnly.shell().run(new Shell.Command("touch x", Duration.ofSeconds(1)), _ -> {}));
        assertEquals(Optional.empty(), files.info(new FilePath("b.txt")));
        assertEquals(5, files.info(FILE).orElseThrow().size());
    }
}
