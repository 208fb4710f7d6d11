package dev.fettle.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a terminal would get, escape sequences made readable: `{1;36:bold and cyan}`, `{to address:text}`.
public final class Screen {
    private Screen() {}

    public static String of(List<String> lines) {
        return String.join("\n", lines)
                .replaceAll("\u001b\\[0m|\u001b\\]8;;\u001b\\\\", "}")
                .replaceAll("\u001b\\[([0-9;]+)m", "{$1:")
                .replaceAll("\u001b\\]8;;([^\u001b]+)\u001b\\\\", "{to $1:");
    }

    /// A file among the resources, beside the test.
    public static String read(Class<?> test, String name) throws IOException {
        try (var in = test.getResourceAsStream(name)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public static void assertShows(Class<?> test, String name, List<String> lines) throws IOException {
        assertEquals(read(test, name), of(lines) + "\n");
    }
}
