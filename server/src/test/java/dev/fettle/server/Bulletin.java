package dev.fettle.server;

import dev.fettle.server.sse.EventSource;
import dev.fettle.server.sse.ServerEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Events in memory.
final class Bulletin implements EventSource {
    private final List<ServerEvent> events = new ArrayList<>();
    private int readers;
    private boolean isOver;

    @Override
    public synchronized Reading after(Optional<String> lastEventId) {
        readers++;
        notifyAll();
        return new Reader(lastEventId.map(Integer::parseInt).orElse(0));
    }

    synchronized void post(String data) {
        events.add(new ServerEvent(Integer.toString(events.size() + 1), "note", data));
        notifyAll();
    }

    synchronized void end() {
        isOver = true;
        notifyAll();
    }

    synchronized void awaitReaders(int count) throws InterruptedException {
        long until = System.nanoTime() + 5_000_000_000L;
        while (readers != count) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("%d read, not %d".formatted(readers, count));
            }
            wait(left / 1_000_000 + 1);
        }
    }

    private final class Reader implements Reading {
        private int position;

        Reader(int position) {
            this.position = position;
        }

        @Override
        public List<ServerEvent> next(Duration atMost) throws InterruptedException {
            synchronized (Bulletin.this) {
                if (position == events.size() && !isOver) {
                    Bulletin.this.wait(atMost.toMillis());
                }
                List<ServerEvent> news = List.copyOf(events.subList(position, events.size()));
                position = events.size();
                return news;
            }
        }

        @Override
        public boolean hasEnded() {
            synchronized (Bulletin.this) {
                return isOver && position == events.size();
            }
        }

        @Override
        public void close() {
            synchronized (Bulletin.this) {
                readers--;
                Bulletin.this.notifyAll();
            }
        }
    }
}
