package dev.fettle.providers.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SseReaderTest {
    private static final String STREAM = """
            \uFEFFevent: ping
            data: {}

            : a comment
            data:no space
            data:  two spaces, ünïcödé 🦊
            id: 7
            retry: 10

            event: lost, for it has no data

            data

            data: last, cut off""";

    private static final List<SseEvent> EVENTS = List.of(
            new SseEvent("ping", "{}"),
            new SseEvent("message", "no space\n two spaces, ünïcödé 🦊"),
            new SseEvent("message", ""));

    @Test
    void readsEventsHoweverTheirBytesArrive() throws Exception {
        for (int size : List.of(1, 2, 3, 7, 1_000)) {
            assertEquals(EVENTS, events(STREAM, size), "pieces of " + size);
        }
    }

    @Test
    void linesEndInAnyWay() throws Exception {
        for (int size : List.of(1, 2, 1_000)) {
            assertEquals(EVENTS, events(STREAM.replace("\n", "\r\n"), size), "CRLF in pieces of " + size);
            assertEquals(EVENTS, events(STREAM.replace("\n", "\r"), size), "CR in pieces of " + size);
        }
    }

    @Test
    void longLinesAreReadWhole() throws Exception {
        String data = "x".repeat(100_000);
        assertEquals(List.of(new SseEvent("message", data)), events("data: " + data + "\n\n", 8_192));
    }

    private static List<SseEvent> events(String stream, int size) throws Exception {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int begin = 0; begin < bytes.length; begin += size) {
            pieces.add(ByteBuffer.wrap(bytes, begin, Math.min(size, bytes.length - begin)));
        }
        Iterator<ByteBuffer> source = pieces.iterator();
        SseReader reader = new SseReader(() -> source.hasNext() ? Optional.of(source.next()) : Optional.empty());
        List<SseEvent> events = new ArrayList<>();
        for (Optional<SseEvent> event = reader.next(); event.isPresent(); event = reader.next()) {
            events.add(event.get());
        }
        return events;
    }
}
