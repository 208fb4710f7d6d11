package dev.fettle.core.monitor;

import dev.fettle.core.session.LogEntry;
import dev.fettle.core.turn.TurnListener;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Spending;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a turn came to.
///
/// @param calls of models that brought an answer
/// @param tools how often each tool was run, by its name
public record Tally(long calls, long tokens, Money cost, Map<String, Long> tools) {
    public static final Tally NONE = new Tally(0, 0, Money.ZERO, Map.of());

    public Tally {
        tools = Map.copyOf(tools);
    }

    /// Adds up the events of a turn.
    public static Tally of(List<LogEntry> turn) {
        Sum sum = new Sum();
        TurnMeter meter = new TurnMeter(sum, TurnListener.NONE, Optional.empty());
        turn.forEach(meter::onEvent);
        return new Tally(sum.calls, sum.tokens, sum.cost, sum.tools);
    }

    private static final class Sum implements Monitor {
        private final Map<String, Long> tools = new TreeMap<>();
        private long calls;
        private long tokens;
        private Money cost = Money.ZERO;

        @Override
        public void tell(Occurrence occurrence) {
            switch (occurrence) {
                case Occurrence.ModelAnswered answered -> {
                    calls++;
                    tokens += answered.usage().total();
                    cost = cost.plus(answered.cost());
                }
                case Occurrence.ModelsAsked(Spending spending) -> {
                    calls += spending.calls();
                    tokens += spending.usage().total();
                    cost = cost.plus(spending.cost());
                }
                case Occurrence.ToolAnswered answered -> {
                    if (answered.wasRun()) {
                        tools.merge(answered.tool(), 1L, Long::sum);
                    }
                }
                case Occurrence.Served _,
                        Occurrence.Requested _,
                        Occurrence.TurnTaken _,
                        Occurrence.TurnLeft _,
                        Occurrence.TurnEnded _,
                        Occurrence.ModelFailed _,
                        Occurrence.CacheAsked _ -> {}
            }
        }
    }
}
