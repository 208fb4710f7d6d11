package dev.fettle.core.turn;

import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.tool.Report;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import java.time.Duration;
import java.util.Optional;

/// What became of a [TurnRequest].
///
/// @param text the model's last words; with an outcome other than completed, what it had said so far
/// @param model `provider/id`
/// @param report of the turn's workflow, the latest; it need not have been accepted
public record TurnResult(
        SessionId session,
        Outcome outcome,
        String text,
        String model,
        int steps,
        Usage usage,
        Money cost,
        Duration duration,
        Optional<Report> report) {}
