package dev.fettle.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.usage.Amount;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import dev.fettle.testkit.SessionStoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a store with a ledger in the same database does besides.
public abstract class SqlSessionStoreContract extends SessionStoreContract {
    private static final Event SAID = new Event.UserSaid("hello", List.of());

    protected abstract Ledger ledger();

    private long charged(SessionId session) {
        return ledger().totals(Ledger.Grouping.SESSION, Instant.EPOCH).stream()
                .filter(total -> total.key().equals(session.value()))
                .mapToLong(Ledger.Total::calls)
                .sum();
    }

    @Test
    void anEventAndWhatIsChargedForItAreKeptTogetherOrNotAtAll() {
        SessionId id = store().create("w", "t").id();
        Ledger.Purchase purchase =
                new Ledger.Purchase("ann", id.value(), new Amount(Money.of("1"), 10), Duration.ofMinutes(1));
        Ledger.Admission.Reserved reserved =
                assertInstanceOf(Ledger.Admission.Reserved.class, ledger().reserve(purchase, List.of()));
        Runnable charging =
                () -> ledger().settle(reserved, new Ledger.Charge("m", new Usage(1, 0, 0, 1, 0), Optional.empty()));
        try (EventLog log = store().open(id)) {
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> log.append(List.of(SAID), () -> {
                        charging.run();
                        throw new UnsupportedOperationException("the power went");
                    }));
            assertEquals(0, store().history(id).size());
            assertEquals(0, charged(id));

            assertEquals(1, log.append(List.of(SAID), charging).getLast().seq());

            assertEquals(1, store().history(id).size());
            assertEquals(1, charged(id));
            assertEquals(2, log.append(SAID).seq());
        }
    }
}
