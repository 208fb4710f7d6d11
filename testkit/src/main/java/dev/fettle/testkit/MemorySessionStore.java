package dev.fettle.testkit;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionFilter;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.session.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Sessions that live as long as the test, with the rules of a real store: one owner, fenced by an epoch.
public final class MemorySessionStore implements SessionStore {
    private static final String FORK_MARK = " (fork)";

    private final Map<SessionId, Kept> sessions = new HashMap<>();
    private final InstantSource clock;

    public MemorySessionStore(InstantSource clock) {
        this.clock = clock;
    }

    private static final class Kept {
        private Session session;
        private final List<LogEntry> entries;
        private long epoch;
        private boolean isOwned;

        Kept(Session session, List<LogEntry> entries) {
            this.session = session;
            this.entries = new ArrayList<>(entries);
        }
    }

    /// From here on the session's owner counts as dead, though its log may still try to write.
    public synchronized void abandon(SessionId id) {
        kept(id).isOwned = false;
    }

    @Override
    public synchronized Session create(String workspace, String title, String user) {
        Instant now = now();
        return keep(
                new Session(SessionId.at(now), title, workspace, user, now, now, Optional.empty(), Optional.empty()),
                List.of());
    }

    @Override
    public synchronized Optional<Session> find(SessionId id) {
        return Optional.ofNullable(sessions.get(id)).map(kept -> kept.session);
    }

    @Override
    public synchronized List<Session> list(SessionFilter filter) {
        return sessions.values().stream()
                .map(kept -> kept.session)
                .filter(filter::includes)
                .sorted(Comparator.comparing(SessionFilter.Place::of))
                .limit(filter.most())
                .toList();
    }

    @Override
    public synchronized void rename(SessionId id, String title) {
        Kept kept = kept(id);
        Session was = kept.session;
        kept.session = new Session(
                was.id(),
                title,
                was.workspace(),
                was.user(),
                was.createdAt(),
                was.updatedAt(),
                was.parent(),
                was.status());
    }

    @Override
    public synchronized void delete(SessionId id) {
        Kept kept = kept(id);
        requireFree(kept);
        // Whoever still holds a log of it is no longer the owner.
        kept.epoch++;
        sessions.remove(id);
    }

    @Override
    public synchronized Session fork(SessionId id, long last) {
        Kept original = kept(id);
        Session was = original.session;
        Instant now = now();
        String title = was.title().endsWith(FORK_MARK) ? was.title() : was.title() + FORK_MARK;
        List<LogEntry> copied =
                original.entries.stream().filter(entry -> entry.seq() <= last).toList();
        Optional<Status> status = copied.stream()
                .flatMap(entry -> entry.event() instanceof Event.TurnEnded ended
                        ? Stream.of(ended.outcome().status())
                        : Stream.empty())
                .reduce((_, later) -> later);
        return keep(
                new Session(SessionId.at(now), title, was.workspace(), was.user(), now, now, Optional.of(id), status),
                copied);
    }

    @Override
    public synchronized List<LogEntry> history(SessionId id, long after) {
        return kept(id).entries.stream().filter(entry -> entry.seq() > after).toList();
    }

    @Override
    public synchronized EventLog open(SessionId id) {
        Kept kept = kept(id);
        requireFree(kept);
        kept.isOwned = true;
        return new Log(kept, ++kept.epoch);
    }

    private Session keep(Session session, List<LogEntry> entries) {
        sessions.put(session.id(), new Kept(session, entries));
        return session;
    }

    private Kept kept(SessionId id) {
        Kept kept = sessions.get(id);
        if (kept == null) {
            throw new SessionException(SessionException.Kind.NOT_FOUND, "There is no session " + id);
        }
        return kept;
    }

    private static void requireFree(Kept kept) {
        if (kept.isOwned) {
            throw new SessionException(SessionException.Kind.BUSY, "In use: session " + kept.session.id());
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private final class Log implements EventLog {
        private final Kept kept;
        private final long epoch;
        private final List<LogEntry> mine;
        private boolean isClosed;

        Log(Kept kept, long epoch) {
            this.kept = kept;
            this.epoch = epoch;
            this.mine = new ArrayList<>(kept.entries);
        }

        @Override
        public SessionId session() {
            return kept.session.id();
        }

        @Override
        public List<LogEntry> entries() {
            return List.copyOf(mine);
        }

        @Override
        public List<LogEntry> append(List<? extends Event> events, Runnable along) {
            synchronized (MemorySessionStore.this) {
                if (isClosed) {
                    throw new IllegalStateException("The log of session %s is closed".formatted(session()));
                }
                confirm();
                along.run();
                return events.stream().map(this::kept).toList();
            }
        }

        private LogEntry kept(Event event) {
            LogEntry entry = new LogEntry(kept.entries.size() + 1L, now(), event);
            kept.entries.add(entry);
            mine.add(entry);
            kept.session = changed(kept.session, entry);
            return entry;
        }

        @Override
        public void confirm() {
            synchronized (MemorySessionStore.this) {
                if (kept.epoch != epoch) {
                    throw new SessionException(
                            SessionException.Kind.LOST, "Session %s has been taken over".formatted(session()));
                }
            }
        }

        private static Session changed(Session was, LogEntry entry) {
            Optional<Status> status = entry.event() instanceof Event.TurnEnded ended
                    ? Optional.of(ended.outcome().status())
                    : was.status();
            return new Session(
                    was.id(),
                    was.title(),
                    was.workspace(),
                    was.user(),
                    was.createdAt(),
                    entry.at(),
                    was.parent(),
                    status);
        }

        @Override
        public void close() {
            synchronized (MemorySessionStore.this) {
                if (!isClosed && kept.epoch == epoch) {
                    kept.isOwned = false;
                }
                isClosed = true;
            }
        }
    }
}
