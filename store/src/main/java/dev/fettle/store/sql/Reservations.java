package dev.fettle.store.sql;

import dev.fettle.core.usage.Ledger.Charge;
import dev.fettle.core.usage.Ledger.Purchase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is set aside for calls under way, and for whom. All but [#newId] is called within [Sql#write].
public interface Reservations {

    /// The id of a reservation to be made, or zero if the database gives it.
    long newId();

    /// Shuts out everybody else who decides whether to reserve, until the transaction ends.
    void exclude();

    /// Removes those whose time is over or whose process is gone, and what an earlier try left under the id.
    void dropLapsed(long id, Instant now);

    /// Makes one, from now on by the database's clock.
    ///
    /// @param worstCost in picodollars
    /// @return its id, which is never used again
    long add(long id, Purchase purchase, long worstCost);

    /// Puts a charge in the place of one, whether or not that is still there. Who reads spent and reserved
    /// together sees either the one or the other.
    ///
    /// @param cost in picodollars; null if it is unknown
    void settle(long id, Purchase purchase, Charge charge, @Nullable Long cost);
}
