package dev.fettle.core.usage;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// The most that may be spent within a scope, by all processes that share a [Ledger] together.
public sealed interface Budget {

    /// Over what a budget adds up. Days and months are those of UTC.
    enum Scope {
        /// One session, however long it lasts.
        SESSION,
        /// A day, over all sessions and users of the ledger.
        DAY,
        /// A month, likewise.
        MONTH,
        /// One user's share of a month.
        USER;

        /// From when on entries count.
        public Instant since(Instant now) {
            return switch (this) {
                case SESSION -> Instant.EPOCH;
                case DAY -> now.truncatedTo(ChronoUnit.DAYS);
                case MONTH, USER -> month(now).toInstant();
            };
        }

        /// When a new stretch begins; empty if none ever does.
        public Optional<Instant> renewal(Instant now) {
            return switch (this) {
                case SESSION -> Optional.empty();
                case DAY -> Optional.of(since(now).plus(1, ChronoUnit.DAYS));
                case MONTH, USER -> Optional.of(month(now).plusMonths(1).toInstant());
            };
        }

        private static OffsetDateTime month(Instant now) {
            return now.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
        }
    }

    record Dollars(Scope scope, Money most) implements Budget {}

    record Tokens(Scope scope, long most) implements Budget {}

    Scope scope();

    /// Whether so much in all stays within the budget.
    default boolean covers(Amount all) {
        return switch (this) {
            case Dollars dollars -> all.cost().compareTo(dollars.most()) <= 0;
            case Tokens tokens -> all.tokens() <= tokens.most();
        };
    }
}
