package dev.fettle.tools;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fettle.core.tool.Tool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.tools.process.ProcessShell;
import dev.fettle.tools.workspace.LocalWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A directory, the tools working in it, and what the session has seen of its files.
public final class ToolFixture {
    private final Path root;
    private final Workspace workspace;
    private final Map<String, String> seen = new HashMap<>();

    public ToolFixture(Path directory) {
        try {
            this.root = Files.createDirectory(directory.toRealPath().resolve("root"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Map<String, String> environment = ProcessShell.allowedEnvironment(Map.of("PATH", "/usr/bin:/bin"));
        this.workspace = new LocalWorkspace(root, new ProcessShell(root, environment, directory.resolve("spool")));
    }

    public Path root() {
        return root;
    }

    public Path file(String path) {
        return root.resolve(path);
    }

    public Path put(String path, String content) throws IOException {
        Files.createDirectories(file(path).getParent());
        return Files.writeString(file(path), content);
    }

    public String content(String path) throws IOException {
        return Files.readString(file(path));
    }

    /// Calls a tool as the loop does, with its arguments as JSON.
    public ToolOutput call(Tool tool, Map<String, ?> arguments) throws InterruptedException {
        ToolOutput output = tool.prepare(json(arguments)).run(new ToolContext(workspace, seen, _ -> {}));
        seen.putAll(output.seen());
        return output;
    }

    public String text(Tool tool, Map<String, ?> arguments) throws InterruptedException {
        return call(tool, arguments).text();
    }

    /// What a tool says to a call that it refuses.
    public String refusal(Tool tool, Map<String, ?> arguments) {
        return assertThrows(ToolException.class, () -> call(tool, arguments)).getMessage();
    }

    private static String json(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> json(entry.getKey()) + ":" + json(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case List<?> list -> list.stream().map(ToolFixture::json).collect(Collectors.joining(",", "[", "]"));
            case String text ->
                text.chars()
                        .mapToObj(c -> c < ' ' || c == '"' || c == '\\' || Character.isSurrogate((char) c)
                                ? "\\u%04x".formatted(c)
                                : Character.toString(c))
                        .collect(Collectors.joining("", "\"", "\""));
            default -> value.toString();
        };
    }
}
