package dev.fettle.core.feed;

import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A feed from the log of a store. Notices wake those who watch; once a second, and when notices may have been lost,
/// one question about all watched sessions makes up for those that did not come. While nobody watches, nothing is
/// asked.
public final class LogFeed implements Feed, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogFeed.class);
    private static final long LOOK_MS = 1_000;

    private final SessionStore sessions;
    private final Heads heads;
    private final Notices notices;
    private final Map<SessionId, Watched> watched = new ConcurrentHashMap<>();
    private final Semaphore looksWanted = new Semaphore(0);
    private Optional<Notices.Listening> listening = Optional.empty();
    private Optional<Thread> lookout = Optional.empty();

    public LogFeed(SessionStore sessions, Heads heads, Notices notices) {
        this.sessions = sessions;
        this.heads = heads;
        this.notices = notices;
    }

    @Override
    public synchronized Cursor follow(SessionId session, long after) {
        Watched each =
                watched.computeIfAbsent(session, id -> new Watched(id, position -> sessions.history(id, position)));
        each.enter();
        if (listening.isEmpty()) {
            listening = Optional.of(notices.listen(this::heed));
        }
        if (lookout.isEmpty()) {
            lookout = Optional.of(Thread.ofVirtual().name("fettle-feed").start(this::lookOut));
        }
        return new LogCursor(each, after, this::leave);
    }

    private synchronized void leave(Watched each) {
        if (each.leave()) {
            watched.remove(each.session());
        }
    }

    private void heed(Notice notice) {
        switch (notice) {
            case Notice.Appended appended -> find(appended.session()).ifPresent(each -> each.appended(appended.seq()));
            case Notice.Said said -> find(said.session()).ifPresent(each -> each.said(said.piece()));
            case Notice.RunChanged changed -> find(changed.session()).ifPresent(Watched::changed);
            case Notice.Anything _ -> looksWanted.release();
        }
    }

    private Optional<Watched> find(SessionId session) {
        return Optional.ofNullable(watched.get(session));
    }

    private void lookOut() {
        try {
            while (!isOver()) {
                // Whoever begins to watch reads for themselves first.
                boolean _ = looksWanted.tryAcquire(LOOK_MS, TimeUnit.MILLISECONDS);
                looksWanted.drainPermits();
                look();
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private synchronized boolean isOver() {
        if (watched.isEmpty()) {
            lookout = Optional.empty();
        }
        return watched.isEmpty();
    }

    private void look() {
        try {
            Set<SessionId> ids = Set.copyOf(watched.keySet());
            Map<SessionId, Heads.Head> found = heads.of(ids);
            ids.forEach(id -> find(id).ifPresent(each -> each.found(Optional.ofNullable(found.get(id)))));
        } catch (SessionException e) {
            // Whoever reads is told why.
            LOG.debug("Watched sessions are looked at again in a second: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("Looking at watched sessions failed, and is tried again", e);
        }
    }

    /// Looks no more; whoever waits is woken.
    @Override
    public synchronized void close() {
        listening.ifPresent(Notices.Listening::close);
        listening = Optional.empty();
        lookout.ifPresent(Thread::interrupt);
        watched.values().forEach(Watched::changed);
    }
}
