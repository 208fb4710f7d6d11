package dev.fettle.core.usage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// An amount of US dollars, exact; on the wire a decimal string such as `"0.0123"`.
public record Money(BigDecimal usd) implements Comparable<Money> {
    public static final Money ZERO = new Money(BigDecimal.ZERO);

    public Money {
        if (usd.signum() < 0) {
            throw new IllegalArgumentException("An amount of money cannot be negative: " + usd);
        }
        usd = usd.signum() == 0 ? BigDecimal.ZERO : usd.stripTrailingZeros();
    }

    @JsonCreator
    public static Money of(String decimal) {
        return new Money(new BigDecimal(decimal));
    }

    public Money plus(Money other) {
        return new Money(usd.add(other.usd));
    }

    /// The difference; zero if `other` is more.
    /// An equal part, rounded down to a billionth of a dollar.
    public Money dividedBy(int parts) {
        return new Money(usd.divide(BigDecimal.valueOf(parts), 9, RoundingMode.DOWN));
    }

    public Money less(Money other) {
        return new Money(usd.subtract(other.usd).max(BigDecimal.ZERO));
    }

    /// For people: two decimals from a dollar up, four below.
    public String display() {
        int scale = usd.compareTo(BigDecimal.ONE) >= 0 ? 2 : 4;
        return "$" + usd.setScale(scale, RoundingMode.HALF_UP).toPlainString();
    }

    @Override
    public int compareTo(Money other) {
        return usd.compareTo(other.usd);
    }

    @Override
    @JsonValue
    public String toString() {
        return usd.toPlainString();
    }
}
