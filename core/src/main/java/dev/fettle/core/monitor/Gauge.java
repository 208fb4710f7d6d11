package dev.fettle.core.monitor;

import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// Something that can be read off at any time, by any thread. One whose name ends in `_total` only grows.
///
/// @param name as Prometheus writes it: words with underscores, its unit last
/// @param label what the values are told apart by; empty if there is one value, under the empty name
/// @param values read when somebody wants to know; what is not known at the moment is left out
public record Gauge(String name, String meaning, String label, Supplier<Map<String, Double>> values) {

    public static Gauge of(String name, String meaning, DoubleSupplier value) {
        return new Gauge(name, meaning, "", () -> Map.of("", value.getAsDouble()));
    }
}
