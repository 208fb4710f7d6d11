package dev.fettle.cli.interactive.command;

import dev.fettle.cli.interactive.live.Page;
import dev.fettle.cli.render.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Runs commands as the shell would, on the page: what can be asked for there need not be written again here.
public record CommandLines(Page page, Runner runner) {

    /// Runs a command line.
    @FunctionalInterface
    public interface Runner {
        int run(Console console, String... arguments);
    }

    /// Runs one and prints what it says.
    ///
    /// @return its exit code
    public int print(String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        Console console = new Console(
                new ByteArrayInputStream(new byte[0]),
                stream,
                stream,
                false,
                true,
                true,
                page.style().isOn());
        int code = runner.run(console, arguments);
        List<String> lines =
                new ArrayList<>(bytes.toString(StandardCharsets.UTF_8).lines().toList());
        lines.add("");
        page.lines(lines);
        return code;
    }
}
