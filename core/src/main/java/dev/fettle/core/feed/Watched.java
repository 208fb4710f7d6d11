package dev.fettle.core.feed;

import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Piece;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/// A session that somebody watches: how far it is known to be, what is being written behind that, and who waits for
/// more.
///
/// Those who watch the same session read its log together. They wake at the same moment, one asks the log, and whoever
/// asked before that began takes the same answer; it holds everything that was there when they asked.
final class Watched {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final ReentrantLock reading = new ReentrantLock();
    private final SessionId session;
    private final LongFunction<List<LogEntry>> log;
    private final Unfinished unfinished = new Unfinished();
    private int watchers;
    private long seq;
    private long changes;
    private String stand = "not looked at";
    private Optional<Read> lastRead = Optional.empty();

    /// A session nobody watches yet.
    ///
    /// @param log reads what comes after a position
    Watched(SessionId session, LongFunction<List<LogEntry>> log) {
        this.session = session;
        this.log = log;
    }

    /// What is known.
    ///
    /// @param seq of the last event
    /// @param changes counts what else there was to look at
    record Known(long seq, long changes) {}

    /// An answer of the log.
    private record Read(long begun, long after, List<LogEntry> entries, Optional<SessionException> failure) {
        boolean answers(long asked, long position) {
            return begun - asked >= 0 && after <= position;
        }
    }

    SessionId session() {
        return session;
    }

    /// To be called, as [#leave], by one thread at a time.
    void enter() {
        watchers++;
    }

    /// Whether that was the last who watched.
    boolean leave() {
        watchers--;
        return watchers == 0;
    }

    void appended(long upTo) {
        lock.lock();
        try {
            if (upTo > seq) {
                seq = upTo;
                unfinished.clear();
                news.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// A piece of what comes after an event. One that is late is of an answer that the log has.
    void said(Piece piece) {
        lock.lock();
        try {
            appended(piece.after());
            if (piece.after() == seq) {
                unfinished.add(piece);
                news.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// There may be something to look at.
    void changed() {
        lock.lock();
        try {
            changes++;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Compares with how far the session is; empty if it is gone. The first look is a change, because nobody can say
    /// what it would have to be compared with.
    void found(Optional<Heads.Head> head) {
        head.ifPresent(each -> appended(each.seq()));
        String found = head.map(Heads.Head::runs).orElse("gone");
        lock.lock();
        try {
            if (!found.equals(stand)) {
                stand = found;
                changes++;
                news.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    Known known() {
        lock.lock();
        try {
            return new Known(seq, changes);
        } finally {
            lock.unlock();
        }
    }

    /// Waits for more than is seen.
    ///
    /// @return false if the time was over first
    boolean await(Known seen, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (!isMore(seen)) {
                if (left <= 0) {
                    return false;
                }
                left = news.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isMore(Known seen) {
        return seq > seen.seq() || changes != seen.changes();
    }

    /// Waits for pieces of what is being written behind a position.
    ///
    /// @param heard how many pieces there had been when it was last asked
    /// @return none if there is more than is seen, or if the time was over first
    Unfinished.Part hear(Known seen, long position, long heard, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (left > 0 && !isMore(seen) && !(seq == position && unfinished.hasSince(heard))) {
                left = news.awaitNanos(left);
            }
            boolean isHeard = !isMore(seen) && seq == position;
            return isHeard ? unfinished.since(heard) : new Unfinished.Part(List.of(), heard);
        } finally {
            lock.unlock();
        }
    }

    /// The events after a position.
    List<LogEntry> read(long position) {
        long asked = System.nanoTime();
        reading.lock();
        try {
            Read read = lastRead.filter(each -> each.answers(asked, position)).orElseGet(() -> readLog(position));
            // Kept only for those who wait for it already.
            lastRead = reading.hasQueuedThreads() ? Optional.of(read) : Optional.empty();
            if (read.failure().isPresent()) {
                SessionException e = read.failure().get();
                throw new SessionException(e.kind(), e.getMessage(), e);
            }
            return read.entries().stream()
                    .filter(entry -> entry.seq() > position)
                    .toList();
        } finally {
            reading.unlock();
        }
    }

    private Read readLog(long position) {
        long begun = System.nanoTime();
        try {
            return new Read(begun, position, log.apply(position), Optional.empty());
        } catch (SessionException e) {
            // Not for each who waits to find out anew, one after the other, that the database is away.
            return new Read(begun, position, List.of(), Optional.of(e));
        }
    }
}
