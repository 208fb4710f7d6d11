package dev.fettle.core.session;

import java.util.List;
import java.util.Optional;

/// Keeps sessions. Safe for use by several threads and processes. Throws [SessionException].
public interface SessionStore {

    /// A new session without events.
    ///
    /// @param workspace where it works; see [dev.fettle.core.workspace.Workspace#name]
    /// @param title one line for lists
    /// @param user whose it is
    Session create(String workspace, String title, String user);

    /// A new session of whoever sits at the terminal.
    default Session create(String workspace, String title) {
        return create(workspace, title, Session.LOCAL_USER);
    }

    Optional<Session> find(SessionId id);

    /// All sessions, the most recently changed first.
    default List<Session> list() {
        return list(SessionFilter.ALL);
    }

    /// Some of them, the most recently changed first.
    List<Session> list(SessionFilter filter);

    void rename(SessionId id, String title);

    /// Removes the session and its events.
    void delete(SessionId id);

    /// A new session that begins with a copy of all events of another.
    default Session fork(SessionId id) {
        return fork(id, Long.MAX_VALUE);
    }

    /// A new session that begins with a copy of the first events of another. Its status is that of the last
    /// turn that ends in them.
    ///
    /// @param last the position of the last event that is copied
    Session fork(SessionId id, long last);

    /// All events, without opening the session for writing.
    default List<LogEntry> history(SessionId id) {
        return history(id, 0);
    }

    /// The events after a position, without opening the session for writing.
    List<LogEntry> history(SessionId id, long after);

    /// The events of the last turn, whether or not it has ended, and what was noted before it began: all after the end
    /// of the turn before.
    default List<LogEntry> lastTurn(SessionId id) {
        List<LogEntry> all = history(id);
        int begin = Math.max(0, all.size() - 1);
        while (begin > 0 && !(all.get(begin - 1).event() instanceof Event.TurnEnded)) {
            begin--;
        }
        return all.subList(begin, all.size());
    }

    /// Takes the session for writing. An owner whose process is gone is replaced at once.
    ///
    /// @throws SessionException of kind `BUSY` while a living owner has it
    EventLog open(SessionId id);
}
