package dev.fettle.core.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The book of what model calls cost, kept apart from the sessions so that it outlives them. Before a call its
/// worst case is reserved, after it the real cost takes the reservation's place; budgets are held against both
/// together. Used by many threads and processes at once. Every method throws [LedgerException] when the book
/// cannot be read or written; then nothing has changed, and no call may be made. A database that is away for the moment
/// comes out as the session store says it, so that the turn can go on when it is back.
public interface Ledger {

    /// Reserves the worst case of a call, unless a budget does not cover it on top of all that is spent and
    /// reserved. Of calls that ask at the same moment, one is answered before the next is looked at. Where there is
    /// no budget, nothing is set aside.
    Admission reserve(Purchase purchase, List<Budget> budgets);

    /// Puts what the call really took in the reservation's place, even if that has lapsed.
    void settle(Admission.Reserved reserved, Charge charge);

    /// Gives a reservation back whose call cost nothing.
    void release(Admission.Reserved reserved);

    /// What was settled from a moment on, added up by a key: the smallest key first.
    List<Total> totals(Grouping by, Instant since);

    /// A model call about to be made.
    ///
    /// @param session empty where there is none
    /// @param worst the most the call may take
    /// @param atMost the longest it may take; afterwards the reservation lapses. It also lapses when the process
    ///     that made it is gone.
    record Purchase(String user, String session, Amount worst, Duration atMost) {}

    /// What a model call took.
    ///
    /// @param model the one that answered, as `provider/id`
    /// @param cost empty when no price is known
    record Charge(String model, Usage usage, Optional<Money> cost) {}

    sealed interface Admission {
        /// The call may be made.
        record Reserved(long id, Purchase purchase) implements Admission {}

        /// The first budget that does not cover it, and how that one stands.
        ///
        /// @param renewal when it begins anew; empty if it does not
        record Refused(Budget budget, Amount spent, Amount reserved, Optional<Instant> renewal) implements Admission {}
    }

    enum Grouping {
        /// Days of UTC, as in `2026-11-21`.
        DAY,
        MODEL,
        SESSION,
        USER
    }

    /// What the calls with one key took.
    ///
    /// @param cost without the calls whose price is unknown
    /// @param unpriced how many those are
    record Total(String key, long calls, Usage usage, Money cost, long unpriced) {
        public Total plus(Total other) {
            return new Total(
                    key,
                    calls + other.calls,
                    usage.plus(other.usage),
                    cost.plus(other.cost),
                    unpriced + other.unpriced);
        }
    }

    /// A book with empty pages: admits everything and keeps nothing.
    Ledger NONE = new Ledger() {
        @Override
        public Admission reserve(Purchase purchase, List<Budget> budgets) {
            return new Admission.Reserved(0, purchase);
        }

        @Override
        public void settle(Admission.Reserved reserved, Charge charge) {}

        @Override
        public void release(Admission.Reserved reserved) {}

        @Override
        public List<Total> totals(Grouping by, Instant since) {
            return List.of();
        }
    };
}
