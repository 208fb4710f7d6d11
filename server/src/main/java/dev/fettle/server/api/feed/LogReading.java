package dev.fettle.server.api.feed;

import dev.fettle.core.feed.Feed;
import dev.fettle.core.session.Piece;
import dev.fettle.core.session.SessionException;
import dev.fettle.server.sse.EventSource;
import dev.fettle.server.sse.ServerEvent;
import java.time.Duration;
import java.util.List;

/// A client's place in the log of a session. At its end the client hears what is being written behind it.
public abstract class LogReading implements EventSource.Reading {
    private final Feed.Cursor cursor;
    private boolean isUpToDate;
    private boolean hasEnded;

    protected LogReading(Feed.Cursor cursor) {
        this.cursor = cursor;
    }

    /// What the client gets of that which is new.
    protected abstract List<ServerEvent> read(Feed.Cursor cursor);

    /// Whether what is being written now is for the client.
    protected abstract boolean isListening();

    @Override
    public final List<ServerEvent> next(Duration atMost) throws InterruptedException {
        if (isUpToDate) {
            List<Piece> said = cursor.hear(atMost);
            if (!said.isEmpty()) {
                return isListening() ? said.stream().map(SessionEvents::delta).toList() : List.of();
            }
            if (!cursor.await(Duration.ZERO)) {
                return List.of();
            }
        }
        try {
            List<ServerEvent> events = read(cursor);
            isUpToDate = true;
            return events;
        } catch (SessionException e) {
            if (e.kind() == SessionException.Kind.NOT_FOUND) {
                end();
            } else {
                // The database is away, and no notice tells when it is back.
                isUpToDate = false;
                Thread.sleep(atMost);
            }
            return List.of();
        }
    }

    protected final void end() {
        hasEnded = true;
    }

    @Override
    public final boolean hasEnded() {
        return hasEnded;
    }

    @Override
    public final void close() {
        cursor.close();
    }
}
