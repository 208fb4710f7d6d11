package dev.fettle.core.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.Status;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.turn.TurnListener;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnMeterTest {
    private static final Instant BEGUN = Instant.parse("2026-11-21T10:00:00Z");
    private static final Usage USAGE = new Usage(100, 20, 3, 40, 5);

    private final List<Occurrence> told = new ArrayList<>();
    private final List<LogEntry> log = new ArrayList<>();

    private void happens(int second, Event event) {
        log.add(new LogEntry(log.size() + 1, BEGUN.plusSeconds(second), event));
    }

    private void aTurnHappens() {
        happens(0, new Event.UserSaid("mend it", List.of()));
        happens(
                3,
                new Event.AssistantSaid(
                        "test/m",
                        List.of(
                                new ContentBlock.Text("So."),
                                new ToolCall("1", "bash", "{}"),
                                new ToolCall("2", "raed", "{}")),
                        StopReason.TOOL_CALLS,
                        USAGE,
                        Money.of("0.25"),
                        3_000));
        happens(3, new Event.ToolFinished(ToolResult.error("2", "No tool is called that."), Map.of(), 0));
        happens(3, new Event.ToolStarted("1", "bash", Effect.UNSAFE));
        happens(5, new Event.ToolFinished(ToolResult.ok("1", "done"), Map.of(), 2_000));
        happens(6, new Event.TurnEnded(new Outcome.Completed()));
    }

    @Test
    void eventsBecomeNumbers() {
        aTurnHappens();
        List<LogEntry> heard = new ArrayList<>();
        TurnListener next = new TurnListener() {
            @Override
            public void onEvent(LogEntry entry) {
                heard.add(entry);
            }

            @Override
            public void onDelta(Delta delta) {}
        };
        TurnMeter meter = new TurnMeter(told::add, next, Optional.empty());
        log.forEach(meter::onEvent);
        meter.onDelta(new Delta.Text("So."));

        assertEquals(
                List.of(
                        new Occurrence.ModelAnswered("test/m", USAGE, Money.of("0.25"), Duration.ofSeconds(3)),
                        new Occurrence.ToolAnswered("raed", ToolResult.Kind.ERROR, false, Duration.ZERO),
                        new Occurrence.ToolAnswered("bash", ToolResult.Kind.OK, true, Duration.ofSeconds(2)),
                        new Occurrence.TurnEnded(Status.COMPLETED, Duration.ofSeconds(6))),
                told);
        assertEquals(log, heard);
    }

    @Test
    void aTurnThatGoesOnIsTimedFromItsBeginning() {
        happens(3, new Event.ToolFinished(ToolResult.unknown("1", "The process died."), Map.of(), 0));
        happens(6, new Event.TurnEnded(new Outcome.Cancelled()));
        TurnMeter meter = new TurnMeter(told::add, TurnListener.NONE, Optional.of(BEGUN.minusSeconds(60)));
        log.forEach(meter::onEvent);

        assertEquals(
                List.of(
                        new Occurrence.ToolAnswered("", ToolResult.Kind.UNKNOWN, false, Duration.ZERO),
                        new Occurrence.TurnEnded(Status.CANCELLED, Duration.ofSeconds(66))),
                told);
    }

    @Test
    void aTallyHasTheToolsThatRan() {
        aTurnHappens();
        assertEquals(new Tally(1, USAGE.total(), Money.of("0.25"), Map.of("bash", 1L)), Tally.of(log));
        assertEquals(Tally.NONE, Tally.of(List.of()));
    }
}
