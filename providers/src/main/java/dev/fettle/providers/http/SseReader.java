package dev.fettle.providers.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Reads a stream of server-sent events as the WHATWG HTML standard defines it (§9.2.6): lines end with CR,
/// LF or both, comments and unknown fields are skipped, an event is complete at its blank line, and one that
/// the stream's end cuts off is dropped.
public final class SseReader {
    private static final int MAX_LINE = 16 << 20;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Source source;
    private ByteBuffer chunk = ByteBuffer.allocate(0);
    private byte[] line = new byte[512];
    private int length;
    private boolean isAfterCarriageReturn;
    private boolean isFirstLine = true;

    /// Where the bytes come from.
    @FunctionalInterface
    public interface Source {

        /// The next bytes as soon as there are some; empty at the end of the stream.
        Optional<ByteBuffer> next() throws IOException, InterruptedException;
    }

    public SseReader(Source source) {
        this.source = source;
    }

    /// The next event; empty at the end of the stream.
    public Optional<SseEvent> next() throws IOException, InterruptedException {
        String name = "";
        StringBuilder data = null;
        while (true) {
            Optional<String> read = line();
            if (read.isEmpty()) {
                return Optional.empty();
            }
            String text = read.get();
            if (text.isEmpty()) {
                if (data != null) {
                    return Optional.of(new SseEvent(name.isEmpty() ? "message" : name, data.toString()));
                }
                name = "";
            } else if (isField("event", text)) {
                name = value(text);
            } else if (isField("data", text)) {
                data = data == null ? new StringBuilder(text.length()) : data.append('\n');
                data.append(value(text));
            }
        }
    }

    private static boolean isField(String field, String text) {
        return text.startsWith(field) && (text.length() == field.length() || text.charAt(field.length()) == ':');
    }

    private static String value(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return "";
        }
        return text.substring(text.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
    }

    private Optional<String> line() throws IOException, InterruptedException {
        while (true) {
            if (!chunk.hasRemaining()) {
                Optional<ByteBuffer> more = source.next();
                if (more.isEmpty()) {
                    return Optional.empty();
                }
                chunk = more.get();
                continue;
            }
            if (isAfterCarriageReturn) {
                isAfterCarriageReturn = false;
                if (chunk.get(chunk.position()) == '\n') {
                    chunk.get();
                    continue;
                }
            }
            int end = chunk.position();
            while (end < chunk.limit() && chunk.get(end) != '\n' && chunk.get(end) != '\r') {
                end++;
            }
            take(end - chunk.position());
            if (end < chunk.limit()) {
                isAfterCarriageReturn = chunk.get() == '\r';
                return Optional.of(finishedLine());
            }
        }
    }

    private void take(int count) throws IOException {
        if (length + count > line.length) {
            if (length + count > MAX_LINE) {
                throw new IOException("a line of the event stream is longer than %d bytes".formatted(MAX_LINE));
            }
            line = Arrays.copyOf(line, Math.max(length + count, 2 * line.length));
        }
        chunk.get(line, length, count);
        length += count;
    }

    private String finishedLine() {
        String text = new String(line, 0, length, StandardCharsets.UTF_8);
        length = 0;
        if (isFirstLine) {
            isFirstLine = false;
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        }
        return text;
    }
}
