package dev.fettle.server.api.run;

import dev.fettle.core.usage.Money;
import java.util.Optional;

/// The most that a run may ask for, which is what its operator configured.
public record Ceiling(int steps, Optional<Money> cost) {}
