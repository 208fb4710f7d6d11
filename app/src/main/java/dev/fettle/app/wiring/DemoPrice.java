package dev.fettle.app.wiring;

import dev.fettle.core.usage.Price;
import java.math.BigDecimal;

/// Gives the demo's recorded tokens a cost, so that the figures at its end look like those of a real run.
final class DemoPrice {
    /// US dollars per million tokens, those of a mid-size hosted model.
    static final Price PRICE = new Price(
            new BigDecimal("3"), new BigDecimal("0.30"), new BigDecimal("3.75"), new BigDecimal("15"));

    private DemoPrice() {}
}
