package dev.fettle.server.sse;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// All clients that listen to events.
public final class EventStreams {
    private final Pace pace;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isShutDown;

    public EventStreams(Pace pace) {
        this.pace = pace;
    }

    /// Sends the source's events until it ends, [#shutDown] is called or the thread is interrupted: because
    /// the client hung up, or because it read too slowly and was cut off.
    public void run(EventSource source, Optional<String> lastEventId, OutputStream out)
            throws IOException, InterruptedException {
        EventStream stream = new EventStream(pace);
        open.add(stream);
        try {
            if (isShutDown) {
                stream.shutDown();
            }
            stream.run(source, lastEventId, out);
        } finally {
            open.remove(stream);
        }
    }

    /// Tells every client to come back later and ends its stream.
    public void shutDown() {
        isShutDown = true;
        open.forEach(EventStream::shutDown);
    }

    public int size() {
        return open.size();
    }
}
