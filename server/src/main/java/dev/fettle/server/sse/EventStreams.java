package dev.fettle.server.sse;

import dev.fettle.core.usage.Deadline;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// All clients that listen to events, each on a thread of its own. One that does not read is cut off when what was sent
/// to it has not been taken for too long; it can come back and say what it saw last.
public final class EventStreams {
    /// How long it takes at most until a client hears that the server stops.
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int CHUNK = 1 << 16;
    private static final String HELLO = "retry: 2000\n\n";
    private static final String HEARTBEAT = ":\n\n";
    private static final ServerEvent CLOSING =
            new ServerEvent(Optional.empty(), "closing", "{\"reason\":\"shutdown\"}");

    private final Pace pace;
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean isShutDown;

    public EventStreams(Pace pace) {
        this.pace = pace;
    }

    /// Sends the source's events until it ends or [#shutDown] is called.
    ///
    /// @throws InterruptedException if the client hung up
    /// @throws IOException if it has gone, or has not read for too long
    public void run(EventSource source, Optional<String> lastEventId, OutputStream out)
            throws IOException, InterruptedException {
        open.incrementAndGet();
        try (EventSource.Reading reading = source.after(lastEventId)) {
            write(out, HELLO);
            long heard = System.nanoTime();
            while (!isShutDown && !reading.hasEnded()) {
                List<ServerEvent> events = reading.next(shorter(LOOK, pace.heartbeat()));
                if (!events.isEmpty()) {
                    send(events, out);
                    heard = System.nanoTime();
                } else if (System.nanoTime() - heard >= pace.heartbeat().toNanos()) {
                    write(out, HEARTBEAT);
                    heard = System.nanoTime();
                }
            }
            if (!reading.hasEnded()) {
                write(out, CLOSING.text());
            }
        } finally {
            open.decrementAndGet();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void send(List<ServerEvent> events, OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Iterator<ServerEvent> each = events.iterator(); each.hasNext(); ) {
            text.append(each.next().text());
            if (text.length() >= CHUNK || !each.hasNext()) {
                write(out, text.toString());
                text.setLength(0);
            }
        }
    }

    private void write(OutputStream out, String text) throws IOException {
        try (Deadline _ = Deadline.after(pace.write())) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    /// Tells every client to come back later and ends its stream.
    public void shutDown() {
        isShutDown = true;
    }

    public int size() {
        return open.get();
    }
}
