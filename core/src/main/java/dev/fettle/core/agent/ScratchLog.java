package dev.fettle.core.agent;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.SessionId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The log of a turn that nobody goes on with: it is gone with the turn.
final class ScratchLog implements EventLog {
    private final SessionId session;
    private final InstantSource clock;
    private final List<LogEntry> entries = new ArrayList<>();

    /// @param session the one that the turn is a part of, which pays for it
    ScratchLog(SessionId session, InstantSource clock) {
        this.session = session;
        this.clock = clock;
    }

    @Override
    public SessionId session() {
        return session;
    }

    @Override
    public List<LogEntry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public List<LogEntry> append(List<? extends Event> events, Runnable along) {
        along.run();
        List<LogEntry> appended = LogEntry.from(entries.size() + 1L, clock.instant(), events);
        entries.addAll(appended);
        return appended;
    }

    @Override
    public void confirm() {}

    @Override
    public void close() {}
}
