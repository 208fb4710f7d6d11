package dev.fettle.server;

import dev.fettle.server.sse.EventSink;
import dev.fettle.server.sse.EventSource;
import dev.fettle.server.sse.ServerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Events in memory, told to whoever listens.
final class Bulletin implements EventSource {
    private final List<ServerEvent> events = new ArrayList<>();
    private final List<EventSink> listeners = new ArrayList<>();

    @Override
    public synchronized Iterable<ServerEvent> after(Optional<String> lastEventId) {
        return List.copyOf(events.subList(lastEventId.map(Integer::parseInt).orElse(0), events.size()));
    }

    @Override
    public synchronized Subscription listen(EventSink sink) {
        listeners.add(sink);
        notifyAll();
        return () -> forget(sink);
    }

    private synchronized void forget(EventSink sink) {
        listeners.remove(sink);
        notifyAll();
    }

    synchronized void post(String data) {
        ServerEvent event = new ServerEvent(Integer.toString(events.size() + 1), "note", data);
        events.add(event);
        List.copyOf(listeners).forEach(each -> each.send(event));
    }

    synchronized void end() {
        List.copyOf(listeners).forEach(EventSink::end);
    }

    synchronized void awaitListeners(int count) throws InterruptedException {
        long until = System.nanoTime() + 5_000_000_000L;
        while (listeners.size() != count) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("%d listen, not %d".formatted(listeners.size(), count));
            }
            wait(left / 1_000_000 + 1);
        }
    }
}
