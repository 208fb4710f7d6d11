package dev.fettle.core.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Keeps who did what. An entry cannot be changed, not even by a statement to the database; it goes when it
/// is old. Safe for use by several threads and processes. Throws [dev.fettle.core.session.SessionException]
/// of kind `STORAGE` when the database does not serve; then what was to be done should not be done.
public interface Audit {

    /// Adds an entry, with the present time.
    ///
    /// @throws IllegalArgumentException if a text is too long, or there is no user or action; see
    ///     [AuditEntry]
    AuditEntry append(String user, String action, String subject, String detail);

    /// Shows entries, the newest first.
    Page page(Query query);

    /// Removes the entries from before a moment.
    ///
    /// @return how many those were
    int dropOlderThan(Instant moment);

    /// Which entries to show. Begin with [#latest].
    ///
    /// @param before where the page before this one ended; see [Page#next]
    /// @param limit most entries on the page, up to 1,000
    record Query(Optional<String> user, Optional<String> action, OptionalLong before, int limit) {
        private static final int MOST = 1_000;

        public Query {
            if (limit < 1 || limit > MOST) {
                throw new IllegalArgumentException(
                        "A page of the audit has 1 to %d entries, not %d".formatted(MOST, limit));
            }
        }

        public static Query latest(int limit) {
            return new Query(Optional.empty(), Optional.empty(), OptionalLong.empty(), limit);
        }

        /// Only what one user did.
        public Query by(String someone) {
            return new Query(Optional.of(someone), action, before, limit);
        }

        /// Only one kind of action.
        public Query of(String kind) {
            return new Query(user, Optional.of(kind), before, limit);
        }

        /// The page that follows.
        public Query before(long next) {
            return new Query(user, action, OptionalLong.of(next), limit);
        }
    }

    /// Entries from the newest back.
    ///
    /// @param next what to go on with; empty when there is no more
    record Page(List<AuditEntry> entries, OptionalLong next) {
        public Page {
            entries = List.copyOf(entries);
        }
    }
}
