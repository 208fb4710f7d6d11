package dev.fettle.bench.faults;

import dev.fettle.bench.faults.Records.Struck;
import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.run.Run;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.usage.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Counts what went wrong.
///
/// @param asked the runs, by number
/// @param steps how often the model was asked for each step, by `number step`
/// @param struck what was under way at each fault
/// @param hits how many workers were killed or frozen
record Verdict(
        Records records,
        SessionStore sessions,
        List<Run> asked,
        Map<String, Integer> steps,
        Map<String, List<Struck>> struck,
        int hits,
        Path directory) {

    private static final String STALE =
            "select count(*) from (select epoch < max(epoch) over (partition by session_id order by seq"
                    + " rows between unbounded preceding and 1 preceding) as is_stale from session_event) as e where is_stale";
    private static final String TWO_AT_A_PLACE =
            "select count(*) from (select session_id from session_event group by session_id"
                    + " having count(*) <> max(seq) or min(seq) <> 1) as s";

    void print() throws IOException {
        Map<String, Long> ends = records
                .query(
                        "select status, count(*) from run group by status",
                        row -> Map.entry(row.getString(1), row.getLong(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        long lost = asked.size() - ends.getOrDefault("completed", 0L);
        System.out.printf("%n%-58s %-14s %s%n", "what", "counted", "allowed");
        row("runs asked for", asked.size() + " " + ends, "");
        row("workers killed or frozen", hits, "");
        row("runs lost", lost, 0);
        row("sessions with a gap in their log", records.number(TWO_AT_A_PLACE), 0);
        row("calls without exactly one answer, or out of order", disorder(), 0);
        row("writes by a worker that was replaced", records.number(STALE), 0);
        long repeated = steps.values().stream().mapToLong(times -> times - 1).sum();
        row(
                "model calls repeated",
                repeated,
                "%d (those under way)"
                        .formatted(struck.values().stream().mapToInt(List::size).sum()));
        row("commands whose effect came twice", repeatedEffects(), 0);
        money();
        struck.forEach(this::times);
    }

    private static void row(String what, Object counted, Object allowed) {
        System.out.printf("%-58s %-14s %s%n", what, counted, allowed);
    }

    private int disorder() {
        int wrong = 0;
        for (Run run : asked) {
            Map<String, Integer> answers = new HashMap<>();
            for (LogEntry entry : sessions.history(run.session())) {
                switch (entry.event()) {
                    case Event.AssistantSaid said -> {
                        for (ContentBlock block : said.content()) {
                            if (block instanceof ToolCall call && answers.put(call.id(), 0) != null) {
                                wrong++;
                            }
                        }
                    }
                    case Event.ToolFinished finished -> {
                        if (!Integer.valueOf(1)
                                .equals(answers.computeIfPresent(
                                        finished.result().callId(), (_, n) -> n + 1))) {
                            wrong++;
                        }
                    }
                    default -> {}
                }
            }
            wrong += (int) answers.values().stream().filter(n -> n != 1).count();
        }
        return wrong;
    }

    private int repeatedEffects() throws IOException {
        int repeated = 0;
        for (int i = 0; i < asked.size(); i++) {
            Path effects = Feeder.workspace(directory, i).resolve("effects.txt");
            List<String> lines = Files.exists(effects) ? Files.readAllLines(effects) : List.of();
            repeated += lines.size() - new HashSet<>(lines).size();
        }
        return repeated;
    }

    private void money() {
        Money logged = Money.ZERO;
        long answers = 0;
        for (Run run : asked) {
            for (LogEntry entry : sessions.history(run.session())) {
                if (entry.event() instanceof Event.AssistantSaid said) {
                    logged = logged.plus(said.cost());
                    answers++;
                }
            }
        }
        long charges = records.number("select count(*) from charge");
        String charged = records.query(
                        "select coalesce(sum(cost), 0) / 1000000000000.0 from charge",
                        row -> row.getBigDecimal(1).stripTrailingZeros().toPlainString())
                .getFirst();
        row("charged (calls, dollars)", charges + ", " + charged, answers + ", " + logged.display() + " in the logs");
        row("reservations left over", records.number("select count(*) from reservation"), 0);
    }

    private void times(String fault, List<Struck> met) {
        List<Long> times = met.stream()
                .map(records::continued)
                .filter(ms -> ms >= 0)
                .sorted()
                .toList();
        if (!times.isEmpty()) {
            row(
                    fault + ": " + times.size() + " run(s) went on after",
                    "p50 %.1f s".formatted(times.get(times.size() / 2) / 1000.0),
                    "max %.1f s".formatted(times.getLast() / 1000.0));
        }
    }
}
