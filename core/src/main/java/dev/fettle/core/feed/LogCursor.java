package dev.fettle.core.feed;

import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Piece;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A place in the log of a watched session.
final class LogCursor implements Feed.Cursor {
    private final Watched watched;
    private final Consumer<Watched> whenClosed;
    private long position;
    private Watched.Known seen;
    private long heard;
    private boolean isClosed;

    LogCursor(Watched watched, long after, Consumer<Watched> whenClosed) {
        this.watched = watched;
        this.whenClosed = whenClosed;
        this.position = after;
        this.seen = new Watched.Known(after, watched.known().changes());
    }

    @Override
    public List<LogEntry> read() {
        long known = watched.known().seq();
        List<LogEntry> entries = watched.read(position);
        if (!entries.isEmpty()) {
            position = entries.getLast().seq();
        }
        // A notice of what the log has not got must not wake again and again.
        seen = new Watched.Known(Math.max(position, known), seen.changes());
        return entries;
    }

    @Override
    public boolean await(Duration atMost) throws InterruptedException {
        boolean isNews = watched.await(seen, TimeUnit.NANOSECONDS.convert(atMost));
        // What changes from here on, whoever looks now may miss.
        seen = new Watched.Known(seen.seq(), watched.known().changes());
        return isNews;
    }

    @Override
    public List<Piece> hear(Duration atMost) throws InterruptedException {
        Unfinished.Part part = watched.hear(seen, position, heard, TimeUnit.NANOSECONDS.convert(atMost));
        heard = part.upTo();
        return part.pieces();
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            whenClosed.accept(watched);
        }
    }
}
