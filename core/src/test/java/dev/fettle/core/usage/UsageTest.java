package dev.fettle.core.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class UsageTest {
    private static final Usage SOME = new Usage(1_000, 200, 30, 4, 2);

    private static Limits limits(Optional<Money> cost, OptionalLong tokens) {
        return new Limits(1, Duration.ofSeconds(1), cost, tokens);
    }

    @Test
    void usageAddsUpKindByKind() {
        assertEquals(new Usage(2_000, 400, 60, 8, 4), SOME.plus(SOME));
        assertEquals(SOME, Usage.ZERO.plus(SOME));
    }

    @Test
    void reasoningIsPartOfTheOutputAndNotCountedTwice() {
        assertEquals(1_234, SOME.total());
    }

    @Test
    void eachKindOfTokenHasItsPrice() {
        Price price =
                new Price(new BigDecimal("3"), new BigDecimal("0.30"), new BigDecimal("3.75"), new BigDecimal("15"));

        assertEquals(Money.of("22.05"), price.of(new Usage(1_000_000, 1_000_000, 1_000_000, 1_000_000, 0)));
        assertEquals(Money.of("0.003"), price.of(new Usage(1_000, 0, 0, 0, 0)));
        assertEquals(Money.ZERO, price.of(Usage.ZERO));
    }

    @Test
    void moneyIsExactAndEqualHoweverItIsWritten() {
        assertEquals(Money.of("0.3"), Money.of("0.1").plus(Money.of("0.20")));
        assertEquals(Money.ZERO, Money.of("0.000"));
        assertEquals(
                List.of("0", "0.0123", "100", "0.00000012"),
                Stream.of("0.00", "0.01230", "1E+2", "1.2E-7")
                        .map(each -> Money.of(each).toString())
                        .toList());
        assertTrue(Money.of("2").compareTo(Money.of("10")) < 0);
    }

    @Test
    void moneyIsShownWithTheDigitsThatMatter() {
        assertEquals(
                List.of("$0.0000", "$0.0124", "$0.9999", "$1.00", "$1234.57"),
                Stream.of("0", "0.01235", "0.9999", "1", "1234.567")
                        .map(each -> Money.of(each).display())
                        .toList());
    }

    @Test
    void aDebtIsNotMoney() {
        assertEquals(
                "An amount of money cannot be negative: -0.01",
                assertThrows(IllegalArgumentException.class, () -> Money.of("-0.01"))
                        .getMessage());
    }

    @Test
    void aLimitIsSpentWhenItIsReached() {
        Limits dollar = limits(Optional.of(Money.of("1")), OptionalLong.empty());
        assertFalse(dollar.isSpent(SOME, Money.of("0.99")));
        assertTrue(dollar.isSpent(SOME, Money.of("1.00")));

        Limits tokens = limits(Optional.empty(), OptionalLong.of(1_235));
        assertFalse(tokens.isSpent(SOME, Money.of("99")));
        assertTrue(tokens.isSpent(SOME.plus(new Usage(0, 0, 0, 1, 0)), Money.ZERO));

        assertFalse(Limits.DEFAULT.isSpent(new Usage(Long.MAX_VALUE, 0, 0, 0, 0), Money.of("1000000")));
    }

    @Test
    void aTurnNeedsAStepAndSomeTime() {
        for (Duration time : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            assertThrows(
                    IllegalArgumentException.class, () -> new Limits(1, time, Optional.empty(), OptionalLong.empty()));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> new Limits(0, Duration.ofSeconds(1), Optional.empty(), OptionalLong.empty()));
    }
}
