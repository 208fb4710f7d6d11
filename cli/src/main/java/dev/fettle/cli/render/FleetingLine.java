package dev.fettle.cli.render;

import java.util.function.Consumer;

/// Says on `err` how far something has come: on a terminal in one line that gives way to the next and goes in the end,
/// in a line each elsewhere.
public final class FleetingLine implements Consumer<String>, AutoCloseable {
    /// Back to the beginning of the line, and nothing left on it (ECMA-48 CR, EL).
    private static final String ERASE = "\r\u001b[K";

    private final Console console;
    private boolean isShown;

    public FleetingLine(Console console) {
        this.console = console;
    }

    @Override
    public void accept(String text) {
        String line = "… " + text.strip();
        if (console.style().isOn()) {
            console.err().print(ERASE + console.style().dim(line));
            console.err().flush();
            isShown = true;
        } else {
            console.err().println(line);
        }
    }

    @Override
    public void close() {
        if (isShown) {
            console.err().print(ERASE);
            console.err().flush();
        }
    }
}
