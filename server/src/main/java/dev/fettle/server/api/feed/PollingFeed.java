package dev.fettle.server.api.feed;

import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.server.sse.EventSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks into the log every so often, on one virtual thread for each session that somebody follows, however many those
/// are. The thread ends with the last of them.
public final class PollingFeed implements SessionFeed {
    private static final Logger LOG = LoggerFactory.getLogger(PollingFeed.class);

    private final SessionStore sessions;
    private final Duration pause;
    private final Map<SessionId, Watch> watches = new HashMap<>();

    public PollingFeed(SessionStore sessions, Duration pause) {
        this.sessions = sessions;
        this.pause = pause;
    }

    @Override
    public synchronized EventSource.Subscription follow(SessionId session, long after, Follower follower) {
        Watch watch = watches.computeIfAbsent(session, Watch::new);
        Following following = new Following(follower, after);
        watch.followings.add(following);
        if (!watch.isStarted) {
            watch.isStarted = true;
            Thread.ofVirtual().name("feed").start(watch::run);
        }
        return () -> watch.followings.remove(following);
    }

    private synchronized boolean isOver(Watch watch) {
        if (watch.followings.isEmpty()) {
            watches.remove(watch.session, watch);
            return true;
        }
        return false;
    }

    private static final class Following {
        private final Follower follower;
        private long seen;

        Following(Follower follower, long seen) {
            this.follower = follower;
            this.seen = seen;
        }

        void tell(List<LogEntry> entries) {
            List<LogEntry> fresh =
                    entries.stream().filter(entry -> entry.seq() > seen).toList();
            if (!fresh.isEmpty()) {
                seen = fresh.getLast().seq();
            }
            follower.told(fresh);
        }
    }

    private final class Watch {
        private final SessionId session;
        private final List<Following> followings = new CopyOnWriteArrayList<>();
        private boolean isStarted;

        Watch(SessionId session) {
            this.session = session;
        }

        void run() {
            try {
                while (!isOver(this)) {
                    Thread.sleep(pause);
                    look();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void look() {
            try {
                OptionalLong after =
                        followings.stream().mapToLong(each -> each.seen).min();
                if (after.isEmpty()) {
                    return;
                }
                List<LogEntry> entries = sessions.history(session, after.getAsLong());
                followings.forEach(each -> each.tell(entries));
            } catch (SessionException e) {
                if (e.kind() == SessionException.Kind.NOT_FOUND) {
                    followings.forEach(each -> each.follower.gone());
                    followings.clear();
                } else {
                    LOG.warn("Session {} is looked at again later: {}", session, e.getMessage());
                }
            } catch (RuntimeException e) {
                LOG.error("What was appended to session {} could not be told", session, e);
            }
        }
    }
}
