package dev.fettle.server.api.feed;

import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.SessionId;
import dev.fettle.server.sse.EventSource;
import java.util.List;

/// Tells what is appended to sessions, by whichever process, soon after it was. Used by many threads.
public interface SessionFeed {

    /// Tells a follower everything after a position, in order and without gaps, until the subscription is closed.
    EventSource.Subscription follow(SessionId session, long after, Follower follower);

    /// Who is told. Called by one thread at a time, which it must not hold up.
    interface Follower {
        /// What has been appended; nothing, every now and then, for who has to look after other things too.
        void told(List<LogEntry> entries);

        /// The session is no more; nothing else will be told.
        void gone();
    }
}
