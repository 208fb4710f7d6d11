package dev.fettle.core.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BudgetTest {
    private static final Instant NEW_YEARS_EVE = Instant.parse("2026-12-31T23:59:59.999Z");
    private static final Instant NEW_YEAR = Instant.parse("2027-01-01T00:00:00Z");
    private static final Price PRICE =
            new Price(new BigDecimal("3"), new BigDecimal("0.30"), new BigDecimal("3.75"), new BigDecimal("15"));

    @Test
    void daysAndMonthsEndAtMidnightUtc() {
        assertEquals(Instant.parse("2026-12-31T00:00:00Z"), Budget.Scope.DAY.since(NEW_YEARS_EVE));
        assertEquals(Instant.parse("2026-12-01T00:00:00Z"), Budget.Scope.MONTH.since(NEW_YEARS_EVE));
        assertEquals(Instant.parse("2026-12-01T00:00:00Z"), Budget.Scope.USER.since(NEW_YEARS_EVE));
        for (Budget.Scope scope : Budget.Scope.values()) {
            Optional<Instant> renewal = scope == Budget.Scope.SESSION ? Optional.empty() : Optional.of(NEW_YEAR);
            assertEquals(renewal, scope.renewal(NEW_YEARS_EVE), scope.name());
        }
        assertEquals(NEW_YEAR, Budget.Scope.DAY.since(NEW_YEAR));
    }

    @Test
    void aBudgetMayBeSpentToTheLastCent() {
        Budget dollar = new Budget.Dollars(Budget.Scope.DAY, Money.of("1"));
        assertTrue(dollar.covers(new Amount(Money.of("1.00"), Long.MAX_VALUE)));
        assertFalse(dollar.covers(new Amount(Money.of("1.000000001"), 0)));

        Budget tokens = new Budget.Tokens(Budget.Scope.DAY, 10);
        assertTrue(tokens.covers(new Amount(Money.of("99"), 10)));
        assertFalse(tokens.covers(new Amount(Money.ZERO, 11)));
    }

    @Test
    void theWorstIsThatNothingIsCachedAndAllIsWrittenToTheCache() {
        assertEquals(Money.of("0.00525"), PRICE.worst(1_000, 100));
        Price withoutWrites = new Price(PRICE.input(), PRICE.cacheRead(), BigDecimal.ZERO, PRICE.output());
        assertEquals(Money.of("0.0045"), withoutWrites.worst(1_000, 100));
    }

    @Test
    void aLongPromptMakesTheWholeCallDearer() {
        Price price = new Price(
                PRICE.input(),
                PRICE.cacheRead(),
                PRICE.cacheWrite(),
                PRICE.output(),
                Optional.of(new Price.LongPrompt(1_000, new BigDecimal("2"), new BigDecimal("1.5"))));

        Usage just = new Usage(500, 400, 100, 1_000, 0);
        assertEquals(PRICE.of(just), price.of(just));
        assertEquals(Money.of("0.0237906"), price.of(new Usage(0, 901, 100, 1_000, 0)));
        assertEquals(Money.of("0.0075075"), price.worst(1_001, 0));
        assertEquals(1_000, price.affordableOutput(Money.of("0.0300075"), 1_001));
    }

    @Test
    void whatIsAffordableIsNeverAHairTooMuch() {
        Money amount = Money.of("0.01");
        long affordable = PRICE.affordableOutput(amount, 1_000);

        assertEquals(416, affordable);
        assertTrue(PRICE.worst(1_000, affordable).compareTo(amount) <= 0);
        assertTrue(PRICE.worst(1_000, affordable + 1).compareTo(amount) > 0);
        assertEquals(0, PRICE.affordableOutput(amount, 1_000_000));
        Price free = new Price(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
        assertEquals(Integer.MAX_VALUE, free.affordableOutput(amount, 1_000));
    }
}
