package dev.fettle.store.sql;

import dev.fettle.core.usage.Ledger.Purchase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is set aside for calls under way, and for whom. All but [#newId] is called within [Sql#write].
public interface Reservations {

    /// The id of a reservation to be made, or zero if the database gives it.
    long newId();

    /// Shuts out everybody else who wants to change what is reserved or spent, until the transaction ends.
    void exclude();

    /// Removes those whose time is over or whose process is gone, and what an earlier try left under the id.
    void dropLapsed(long id, Instant now);

    /// Makes one.
    ///
    /// @param worstCost in picodollars
    /// @return its id, which is never used again
    long add(long id, Purchase purchase, long worstCost, Instant now);

    /// The id of the charge that takes a reservation's place, so that it is entered once; null if the database
    /// gives it.
    @Nullable
    Long chargeId(long reservation);
}
