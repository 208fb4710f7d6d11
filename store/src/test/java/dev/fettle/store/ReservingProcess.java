package dev.fettle.store;

import dev.fettle.core.usage.Amount;
import dev.fettle.core.usage.Budget;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.Money;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A process of its own that says it is ready, waits for a line, tries to reserve a dollar of ten a day with
/// many threads at once, prints how often it may, and holds on until its input ends.
public final class ReservingProcess {
    static final List<Budget> TEN_A_DAY = List.of(new Budget.Dollars(Budget.Scope.DAY, Money.of("10")));

    private ReservingProcess() {}

    public static void main(String[] args) throws Exception {
        try (SqliteSessionStore store = SqliteSessionStore.open(Path.of(args[0]), InstantSource.system())) {
            System.out.println("ready");
            await();
            System.out.println(admitted(store.ledger(), Integer.parseInt(args[1])));
            await();
        }
        // As a crash would: no reservation is given back.
        Runtime.getRuntime().halt(0);
    }

    private static void await() throws IOException {
        int read = System.in.read();
        while (read >= 0 && read != '\n') {
            read = System.in.read();
        }
    }

    /// How many of so many simultaneous calls may be made.
    public static int admitted(Ledger ledger, int calls) throws InterruptedException {
        AtomicInteger admitted = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(calls);
        for (int i = 0; i < calls; i++) {
            Thread.ofVirtual().start(() -> {
                if (reserve(ledger) instanceof Ledger.Admission.Reserved) {
                    admitted.incrementAndGet();
                }
                done.countDown();
            });
        }
        done.await();
        return admitted.get();
    }

    public static Ledger.Admission reserve(Ledger ledger) {
        return ledger.reserve(
                new Ledger.Purchase("ann", "one", new Amount(Money.of("1"), 1_000), Duration.ofHours(1)), TEN_A_DAY);
    }
}
