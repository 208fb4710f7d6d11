package dev.fettle.cli.interactive;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Takes what is written to standard error, the log above all, which would otherwise go over the lines that live.
final class Aside extends OutputStream {
    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Aside(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void write(int octet) {
        String whole;
        synchronized (line) {
            if (octet != '\n') {
                line.write(octet);
                return;
            }
            whole = line.toString(StandardCharsets.UTF_8);
            line.reset();
        }
        lines.accept(whole);
    }
}
