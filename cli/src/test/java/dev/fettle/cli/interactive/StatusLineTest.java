package dev.fettle.cli.interactive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.cli.interactive.talk.Mode;
import dev.fettle.cli.interactive.talk.TurnView;
import dev.fettle.core.model.Model;
import dev.fettle.core.usage.Money;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusLineTest {
    private static final Model MODEL = new Model("test", "opus", 200_000, 100, Optional.empty());
    private static final TurnView.Facts FACTS =
            new TurnView.Facts(Optional.of(MODEL), 24_000, Money.of("0.0312"), Money.of("0.02"));

    private static String line(Optional<Money> limit, Mode mode, Optional<Duration> time, int width) {
        return new StatusLine(new Allowance(limit, Optional.of(Money.of("7")))).of(MODEL, mode, FACTS, time, width);
    }

    @Test
    void itSaysWhoAnswersAndWhatItTook() {
        assertEquals(
                "  opus · context 12 % · $0.0312 · $6.97 left · shift-tab plans · /help",
                line(Optional.empty(), Mode.WORK, Optional.empty(), 80));
    }

    @Test
    void whileATurnRunsItSaysHowLongAndHowToStopIt() {
        assertEquals(
                "  plan mode · 2:05 · opus · context 12 % · $0.0312 · $1.98 left",
                line(Optional.of(Money.of("2")), Mode.PLAN, Optional.of(Duration.ofSeconds(125)), 80));
    }

    @Test
    void whatDoesNotFitIsLeftOutFromTheRight() {
        assertEquals("  opus · context 12 %", line(Optional.empty(), Mode.WORK, Optional.empty(), 25));
    }
}
