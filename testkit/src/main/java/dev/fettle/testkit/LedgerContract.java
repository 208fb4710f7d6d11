package dev.fettle.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.fettle.core.usage.Amount;
import dev.fettle.core.usage.Budget;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.Ledger.Admission;
import dev.fettle.core.usage.Ledger.Charge;
import dev.fettle.core.usage.Ledger.Grouping;
import dev.fettle.core.usage.Ledger.Purchase;
import dev.fettle.core.usage.Ledger.Total;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What every [Ledger] does. An implementation's test extends this and says how to make one.
public abstract class LedgerContract {
    private static final Usage USAGE = new Usage(700, 200, 50, 50, 20);
    private static final Budget TEN_A_DAY = dollars(Budget.Scope.DAY, "10");

    private static final Budget AMPLE = dollars(Budget.Scope.MONTH, "1000000");

    protected final SettableClock clock = new SettableClock();

    /// The ledger under test, empty at first and timed by [#clock].
    protected abstract Ledger ledger();

    /// Makes the processes that hold the present reservations look as if they were gone.
    protected abstract void loseHolders();

    private static Budget dollars(Budget.Scope scope, String most) {
        return new Budget.Dollars(scope, Money.of(most));
    }

    private static Purchase purchase(String user, String session, String dollars) {
        return new Purchase(user, session, new Amount(Money.of(dollars), 1_000), Duration.ofMinutes(10));
    }

    private Admission reserve(String dollars, Budget... budgets) {
        return ledger().reserve(purchase("ann", "one", dollars), List.of(budgets));
    }

    private Admission.Reserved reserved(Purchase purchase) {
        return assertInstanceOf(Admission.Reserved.class, ledger().reserve(purchase, List.of(AMPLE)));
    }

    private void spend(Purchase purchase, String dollars) {
        ledger().settle(reserved(purchase), charge(dollars));
    }

    private static Charge charge(String dollars) {
        return new Charge("test/model", USAGE, Optional.of(Money.of(dollars)));
    }

    private void assertAdmitted(Admission admission) {
        assertInstanceOf(Admission.Reserved.class, admission);
    }

    private static Amount amount(String dollars, long tokens) {
        return new Amount(Money.of(dollars), tokens);
    }

    @Test
    void whatIsReservedAndWhatIsSpentCountTogether() {
        spend(purchase("ann", "one", "4"), "3.50");
        assertAdmitted(reserve("6", TEN_A_DAY));

        assertEquals(
                new Admission.Refused(
                        TEN_A_DAY,
                        amount("3.5", 1_000),
                        amount("6", 1_000),
                        Optional.of(Instant.parse("2026-11-22T00:00:00Z"))),
                reserve("0.51", TEN_A_DAY));
        assertAdmitted(reserve("0.50", TEN_A_DAY));
    }

    @Test
    void settlingPutsTheRealCostInPlaceOfTheWorst() {
        Admission.Reserved worst = reserved(purchase("ann", "one", "10"));
        assertInstanceOf(Admission.Refused.class, reserve("1", TEN_A_DAY));

        ledger().settle(worst, charge("0.000000000001"));

        assertInstanceOf(Admission.Refused.class, reserve("10", TEN_A_DAY));
        assertAdmitted(reserve("9.999999999999", TEN_A_DAY));
    }

    @Test
    void whatIsReleasedWasNeverThere() {
        ledger().release(reserved(purchase("ann", "one", "10")));

        assertAdmitted(reserve("10", TEN_A_DAY));
        assertEquals(List.of(), ledger().totals(Grouping.DAY, Instant.EPOCH));
    }

    @Test
    void whereThereIsNoBudgetOnlyWhatIsSpentCounts() {
        Admission.Reserved free = (Admission.Reserved) reserve("10");
        assertAdmitted(reserve("10", TEN_A_DAY));

        ledger().settle(free, charge("10"));

        assertInstanceOf(Admission.Refused.class, reserve("0.01", TEN_A_DAY));
    }

    @Test
    void aRefusalReservesNothing() {
        assertInstanceOf(Admission.Refused.class, reserve("10.01", TEN_A_DAY));
        assertAdmitted(reserve("10", TEN_A_DAY));
    }

    @Test
    void everyBudgetMustCoverTheCall() {
        Budget small = new Budget.Tokens(Budget.Scope.MONTH, 999);

        assertEquals(
                new Admission.Refused(
                        small, Amount.ZERO, Amount.ZERO, Optional.of(Instant.parse("2026-12-01T00:00:00Z"))),
                reserve("1", TEN_A_DAY, small));
        assertAdmitted(reserve("1", TEN_A_DAY, new Budget.Tokens(Budget.Scope.MONTH, 1_000)));
    }

    @Test
    void eachScopeCountsItsOwn() {
        spend(purchase("ann", "one", "1"), "1");
        spend(purchase("ann", "two", "1"), "1");
        spend(purchase("bob", "three", "1"), "1");
        Purchase next = purchase("ann", "one", "1");

        assertEquals("1", spentOf(Budget.Scope.SESSION, next));
        assertEquals("2", spentOf(Budget.Scope.USER, next));
        assertEquals("3", spentOf(Budget.Scope.DAY, next));
        clock.advance(Duration.ofDays(1));
        assertEquals("0", spentOf(Budget.Scope.DAY, next));
        assertEquals("3", spentOf(Budget.Scope.MONTH, next));
        clock.advance(Duration.ofDays(30));
        assertEquals("0", spentOf(Budget.Scope.MONTH, next));
        assertEquals("0", spentOf(Budget.Scope.USER, next));
        assertEquals("1", spentOf(Budget.Scope.SESSION, next));
    }

    private String spentOf(Budget.Scope scope, Purchase next) {
        return assertInstanceOf(Admission.Refused.class, ledger().reserve(next, List.of(dollars(scope, "0"))))
                .spent()
                .cost()
                .toString();
    }

    @Test
    void aReservationLapsesInTimeAndIsStillSettled() {
        Admission.Reserved late = reserved(purchase("ann", "one", "10"));
        clock.advance(Duration.ofMinutes(10).minusMillis(1));
        assertInstanceOf(Admission.Refused.class, reserve("1", TEN_A_DAY));
        clock.advance(Duration.ofMillis(1));
        assertAdmitted(reserve("1", TEN_A_DAY));

        ledger().settle(late, charge("9.50"));

        assertInstanceOf(Admission.Refused.class, reserve("0.01", TEN_A_DAY));
    }

    @Test
    void theReservationOfACrashedHolderLapsesAtOnce() {
        assertAdmitted(reserve("10", TEN_A_DAY));
        loseHolders();
        assertAdmitted(reserve("10", TEN_A_DAY));
    }

    @Test
    void aBudgetWorthTenCallsAdmitsTenOfAHundredAtOnce() throws InterruptedException {
        AtomicInteger admitted = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Purchase mine = purchase("ann", "session " + i, "1");
            callers.add(Thread.ofVirtual().start(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    return;
                }
                if (ledger().reserve(mine, List.of(TEN_A_DAY)) instanceof Admission.Reserved) {
                    admitted.incrementAndGet();
                }
            }));
        }
        go.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        assertEquals(10, admitted.get());
    }

    @Test
    void addsUpByEachKey() {
        spend(purchase("ann", "one", "1"), "0.25");
        clock.advance(Duration.ofDays(1));
        spend(purchase("bob", "one", "1"), "0.50");
        ledger().settle(reserved(purchase("bob", "two", "1")), new Charge("test/other", USAGE, Optional.empty()));

        Total first = new Total("2026-11-21", 1, USAGE, Money.of("0.25"), 0);
        Total second = new Total("2026-11-22", 2, USAGE.plus(USAGE), Money.of("0.5"), 1);
        assertEquals(List.of(first, second), ledger().totals(Grouping.DAY, Instant.EPOCH));
        assertEquals(List.of(second), ledger().totals(Grouping.DAY, clock.instant()));
        assertEquals(List.of("ann 1", "bob 2"), keys(Grouping.USER));
        assertEquals(List.of("one 2", "two 1"), keys(Grouping.SESSION));
        assertEquals(List.of("test/model 2", "test/other 1"), keys(Grouping.MODEL));
    }

    private List<String> keys(Grouping by) {
        return ledger().totals(by, Instant.EPOCH).stream()
                .map(total -> total.key() + " " + total.calls())
                .toList();
    }
}
