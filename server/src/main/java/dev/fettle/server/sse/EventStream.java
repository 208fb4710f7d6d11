package dev.fettle.server.sse;

import dev.fettle.core.usage.Deadline;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/// The events on their way to one client.
///
/// One thread, the client's own, writes: first what the client missed, then what comes. Others only put
/// events into the bounded buffer. If it is full the client is cut off by interrupting its thread, which
/// closes the connection even in the middle of a write; it can come back and say what it saw last. So a
/// client that does not read costs a buffer, and never anybody's time.
final class EventStream implements EventSink {
    private static final String HELLO = "retry: 2000\n\n";
    private static final String HEARTBEAT = ":\n\n";
    private static final ServerEvent CLOSING =
            new ServerEvent(Optional.empty(), "closing", "{\"reason\":\"shutdown\"}");

    private enum State {
        OPEN,
        ENDED,
        SHUT_DOWN,
        OVERRUN,
        GONE
    }

    private final Pace pace;
    private final Thread writer = Thread.currentThread();
    private final Queue<ServerEvent> waiting = new ArrayDeque<>();
    private State state = State.OPEN;

    /// The thread that makes it is the one to run it.
    EventStream(Pace pace) {
        this.pace = pace;
    }

    @Override
    public synchronized boolean send(ServerEvent event) {
        if (state != State.OPEN) {
            return false;
        }
        if (waiting.size() == pace.buffer()) {
            become(State.OVERRUN);
            writer.interrupt();
            return false;
        }
        waiting.add(event);
        notifyAll();
        return true;
    }

    @Override
    public void end() {
        become(State.ENDED);
    }

    /// Ends it with an event that tells the client to come back elsewhere or later.
    void shutDown() {
        become(State.SHUT_DOWN);
    }

    private synchronized void become(State next) {
        if (state == State.OPEN) {
            state = next;
            notifyAll();
        }
    }

    /// Returns when the source has ended or the server stops.
    ///
    /// @throws InterruptedException if the client hung up or was cut off
    void run(EventSource source, Optional<String> lastEventId, OutputStream out)
            throws IOException, InterruptedException {
        write(out, HELLO);
        try (EventSource.Subscription _ = source.listen(this)) {
            Set<String> told = catchUp(source.after(lastEventId), out);
            while (true) {
                Optional<List<ServerEvent>> batch = next();
                if (batch.isEmpty()) {
                    break;
                }
                StringBuilder text = new StringBuilder(batch.get().isEmpty() ? HEARTBEAT : "");
                for (ServerEvent event : batch.get()) {
                    if (event.id().isEmpty() || !told.remove(event.id().get())) {
                        text.append(event.text());
                    }
                }
                write(out, text.toString());
            }
            if (isShutDown()) {
                write(out, CLOSING.text());
            }
        } finally {
            synchronized (this) {
                state = State.GONE;
                waiting.clear();
            }
        }
    }

    /// Tells what was missed, and returns the ids of what may be waiting too: no more than the buffer is
    /// long.
    private Set<String> catchUp(Iterable<ServerEvent> missed, OutputStream out) throws IOException {
        Queue<String> latest = new ArrayDeque<>();
        for (ServerEvent event : missed) {
            if (isShutDown()) {
                break;
            }
            write(out, event.text());
            event.id().ifPresent(latest::add);
            if (latest.size() > pace.buffer()) {
                latest.remove();
            }
        }
        return new HashSet<>(latest);
    }

    /// What waits; an empty list if nothing came for the length of a heartbeat, nothing at all if the end
    /// has come.
    private synchronized Optional<List<ServerEvent>> next() throws InterruptedException {
        long until = System.nanoTime() + pace.heartbeat().toNanos();
        while (waiting.isEmpty() && state == State.OPEN) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return Optional.of(List.of());
            }
            wait(left / 1_000_000 + 1);
        }
        if (state == State.OVERRUN) {
            throw new InterruptedException("The client reads too slowly");
        }
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        List<ServerEvent> batch = new ArrayList<>(waiting);
        waiting.clear();
        return Optional.of(batch);
    }

    private synchronized boolean isShutDown() {
        return state == State.SHUT_DOWN;
    }

    private void write(OutputStream out, String text) throws IOException {
        try (Deadline _ = Deadline.after(pace.write())) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
