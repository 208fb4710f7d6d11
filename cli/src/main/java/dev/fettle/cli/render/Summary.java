package dev.fettle.cli.render;

import dev.fettle.cli.text.Printable;
import dev.fettle.cli.text.Style;
import dev.fettle.core.session.Status;
import dev.fettle.core.turn.TurnResult;
import dev.fettle.core.usage.Money;

/// The last line of a run: how it ended and what it took.
public final class Summary {
    private Summary() {}

    public static String line(TurnResult result, Style style) {
        Status status = result.outcome().status();
        String word = status == Status.COMPLETED ? style.green("✓ " + status.word()) : style.red("✗ " + status.word());
        String facts = " · %s · %,d tokens · %s · %s · %s"
                .formatted(
                        Printable.count(result.steps(), "step"),
                        result.usage().total(),
                        isUnpriced(result) ? "price unknown" : result.cost().display(),
                        Durations.words(result.duration()),
                        result.session());
        String message = result.outcome().message();
        return word + style.dim(facts) + (message.isEmpty() ? "" : System.lineSeparator() + message);
    }

    private static boolean isUnpriced(TurnResult result) {
        return result.cost().equals(Money.ZERO) && result.usage().total() > 0;
    }
}
