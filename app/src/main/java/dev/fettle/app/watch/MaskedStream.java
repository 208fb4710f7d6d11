package dev.fettle.app.watch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/// Takes secrets out of what is written between two flushes, as one text: a stack trace with its message, for instance.
public final class MaskedStream extends OutputStream {
    private final OutputStream stream;
    private final UnaryOperator<String> mask;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    public MaskedStream(OutputStream stream, UnaryOperator<String> mask) {
        this.stream = stream;
        this.mask = mask;
    }

    @Override
    public synchronized void write(int b) {
        written.write(b);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        written.write(bytes, offset, length);
    }

    @Override
    public synchronized void flush() throws IOException {
        String text = written.toString(StandardCharsets.UTF_8);
        written.reset();
        stream.write(mask.apply(text).getBytes(StandardCharsets.UTF_8));
        stream.flush();
    }
}
