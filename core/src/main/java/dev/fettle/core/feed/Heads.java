package dev.fettle.core.feed;

import dev.fettle.core.session.SessionId;
import java.util.Map;
import java.util.Set;

/// Says how far sessions are, of many with one question.
@FunctionalInterface
public interface Heads {

    /// Those of the sessions that there are.
    ///
    /// @throws dev.fettle.core.session.SessionException of kind `STORAGE`
    Map<SessionId, Head> of(Set<SessionId> sessions);

    /// How far a session is.
    ///
    /// @param seq the number of its last event; 0 if it has none
    /// @param runs differs whenever one of its runs stands differently
    record Head(long seq, String runs) {}
}
