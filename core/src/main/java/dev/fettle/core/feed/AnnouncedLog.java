package dev.fettle.core.feed;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Piece;
import dev.fettle.core.session.SessionId;
import java.util.List;

/// Announces what is appended to a log once it is kept, and pieces of what is not there yet.
public final class AnnouncedLog implements EventLog {
    private final EventLog log;
    private final Notices notices;

    public AnnouncedLog(EventLog log, Notices notices) {
        this.log = log;
        this.notices = notices;
    }

    @Override
    public List<LogEntry> append(List<? extends Event> events) {
        return announced(log.append(events));
    }

    @Override
    public List<LogEntry> append(List<? extends Event> events, Runnable along) {
        return announced(log.append(events, along));
    }

    private List<LogEntry> announced(List<LogEntry> entries) {
        notices.announce(new Notice.Appended(session(), entries.getLast().seq()));
        return entries;
    }

    @Override
    public void show(Piece piece) {
        notices.announce(new Notice.Said(session(), piece));
    }

    @Override
    public SessionId session() {
        return log.session();
    }

    @Override
    public List<LogEntry> entries() {
        return log.entries();
    }

    @Override
    public void confirm() {
        log.confirm();
    }

    @Override
    public void close() {
        log.close();
    }
}
