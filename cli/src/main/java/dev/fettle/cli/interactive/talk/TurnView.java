package dev.fettle.cli.interactive.talk;

import dev.fettle.cli.diff.DiffView;
import dev.fettle.cli.interactive.live.Page;
import dev.fettle.cli.markdown.MarkdownStream;
import dev.fettle.cli.render.CallSummary;
import dev.fettle.cli.render.Durations;
import dev.fettle.cli.render.Remarks;
import dev.fettle.cli.text.Columns;
import dev.fettle.cli.text.Printable;
import dev.fettle.cli.text.Style;
import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.Model;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Status;
import dev.fettle.core.todo.TodoTool;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.turn.TurnListener;
import dev.fettle.core.turn.TurnResult;
import dev.fettle.core.usage.Money;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Writes a turn onto the [Page]: words as they come, a line for each call once it has ended, changes as
/// diffs. What is still under way it only describes, for the margin. It never prints while it holds its own
/// monitor, for who paints the margin waits for that while nobody can print.
public final class TurnView implements TurnListener {
    private static final int MOST_DIFF_LINES = 40;
    private static final int MOST_ERROR_LINES = 4;
    private static final int MOST_WORDS = 6;
    private static final int MOST_RUNNING = 3;
    private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

    private final Page page;
    private final Outputs outputs;
    private final InstantSource clock;
    private final Remarks remarks;
    private final MarkdownStream words;
    private final List<String> finished = new ArrayList<>();
    private final SequencedMap<String, Running> running = new LinkedHashMap<>();
    private final Map<String, ToolCall> calls = new LinkedHashMap<>();
    private String doing = "";
    private Optional<Long> begun = Optional.empty();
    private boolean hasBegun;
    private boolean isAfterCall;
    private boolean isBusy;
    private Facts facts = Facts.NONE;

    /// A call under way.
    private record Running(ToolCall call, Effect effect, long since, String lastLine) {}

    /// What the status line tells of.
    ///
    /// @param tokens in the model's context, as of its last answer
    /// @param cost of the sitting
    /// @param turnCost of the turn under way
    public record Facts(Optional<Model> model, long tokens, Money cost, Money turnCost) {
        static final Facts NONE = new Facts(Optional.empty(), 0, Money.ZERO, Money.ZERO);

        private Facts in(Model next) {
            return new Facts(Optional.of(next), tokens, cost, Money.ZERO);
        }

        private Facts atRest() {
            return new Facts(model, tokens, cost, Money.ZERO);
        }

        private Facts after(Event.AssistantSaid said) {
            return new Facts(model, said.usage().total(), cost.plus(said.cost()), turnCost.plus(said.cost()));
        }
    }

    public TurnView(Page page, Outputs outputs, InstantSource clock) {
        this.page = page;
        this.outputs = outputs;
        this.clock = clock;
        this.remarks = new Remarks(page.style());
        this.words = new MarkdownStream(() -> Math.max(20, page.width() - 1), page.style(), finished::add);
    }

    /// Changes what is known, then prints what is finished by that.
    private void write(Runnable change) {
        List<String> lines;
        synchronized (this) {
            change.run();
            lines = List.copyOf(finished);
            finished.clear();
        }
        if (!lines.isEmpty()) {
            page.lines(lines);
        }
        page.changed();
    }

    public synchronized Facts facts() {
        return facts;
    }

    /// How long the turn has run.
    public synchronized Optional<Duration> time() {
        return begun.map(since -> Duration.ofMillis(Math.max(0, clock.millis() - since)));
    }

    synchronized void busy(boolean busy) {
        isBusy = busy;
        facts = busy ? facts : facts.atRest();
        begun = busy ? Optional.of(clock.millis()) : Optional.empty();
        page.changed();
    }

    synchronized void begins(Model model) {
        facts = facts.in(model);
        doing = "asks the model";
        hasBegun = false;
        begun = Optional.of(clock.millis());
        page.changed();
    }

    /// The turn is over, however it ended.
    void over() {
        write(() -> {
            words.finish();
            running.clear();
            calls.clear();
            doing = "";
        });
    }

    void ended(TurnResult result) {
        write(() -> summarise(result));
    }

    private void summarise(TurnResult result) {
        words.finish();
        Style style = page.style();
        String took = style.dim("  %s · %,d tokens · %s · %s"
                .formatted(
                        Printable.count(result.steps(), "step"),
                        result.usage().total(),
                        result.cost().equals(Money.ZERO) && result.usage().total() > 0
                                ? "price unknown"
                                : result.cost().display(),
                        Durations.words(result.duration())));
        Status status = result.outcome().status();
        if (status != Status.COMPLETED) {
            String message = Printable.of(result.outcome().message());
            finished.add(style.red("✗ " + status.word()) + (message.isEmpty() ? "" : "  " + message));
        }
        finished.add(took);
        finished.add("");
    }

    /// What the user said.
    public void said(String text) {
        write(() -> quote(text));
    }

    private void quote(String text) {
        isAfterCall = false;
        Style style = page.style();
        List<String> all = Printable.of(text).strip().lines().toList();
        String mark = style.cyan("> ");
        for (String line : all.subList(0, Math.min(all.size(), MOST_WORDS))) {
            finished.add(mark + style.bold(line));
            mark = "  ";
        }
        if (all.size() > MOST_WORDS) {
            finished.add(style.dim("  … %,d more lines".formatted(all.size() - MOST_WORDS)));
        }
        finished.add("");
    }

    @Override
    public void onDelta(Delta delta) {
        write(() -> take(delta));
    }

    private void take(Delta delta) {
        switch (delta) {
            case Delta.Text text -> {
                if (isAfterCall && !text.text().isBlank()) {
                    finished.add("");
                    isAfterCall = false;
                }
                words.accept(text.text());
                doing = "";
            }
            case Delta.Reasoning _ -> doing = "thinks";
            case Delta.CallBegun called -> doing = "writes a call of " + called.name();
            case Delta.ToolOutput output -> heard(output);
            case Delta.Discarded discarded -> line(remarks.of(discarded));
            case Delta.Waiting waiting ->
                doing = "waits %d s: %s"
                        .formatted(Math.max(1, waiting.time().toSeconds()), Printable.line(waiting.reason()));
            case Delta.Switched switched -> line(remarks.of(switched));
        }
    }

    private void heard(Delta.ToolOutput output) {
        List<String> lines =
                output.text().lines().filter(line -> !line.isBlank()).toList();
        if (!lines.isEmpty()) {
            running.computeIfPresent(
                    output.callId(),
                    (_, was) -> new Running(was.call(), was.effect(), was.since(), Printable.line(lines.getLast())));
        }
    }

    @Override
    public void onEvent(LogEntry entry) {
        write(() -> take(entry.event()));
    }

    private void take(Event event) {
        switch (event) {
            case Event.SessionStarted _, Event.SecretSeen _, Event.TurnEnded _ -> {}
            case Event.UserSaid said -> {
                if (hasBegun) {
                    quote(said.text());
                }
                hasBegun = true;
            }
            case Event.AssistantSaid said -> {
                words.finish();
                for (ContentBlock block : said.content()) {
                    if (block instanceof ToolCall call) {
                        calls.put(call.id(), call);
                    }
                }
                facts = facts.after(said);
                doing = "";
            }
            case Event.Advised _,
                    Event.Shortened _,
                    Event.Directed _,
                    Event.Informed _,
                    Event.Compacted _,
                    Event.TreeKept _,
                    Event.Restored _,
                    Event.ApprovalAsked _ -> remarks.of(event).ifPresent(this::line);
            case Event.PermissionDecided decided -> {
                // Who sits here knows what they said themselves.
                if (decided.by().equals("policy")) {
                    remarks.of(event).ifPresent(this::line);
                }
            }
            case Event.ToolStarted started -> {
                ToolCall call = calls.get(started.callId());
                if (call != null) {
                    running.put(call.id(), new Running(call, started.effect(), clock.millis(), ""));
                }
            }
            case Event.ToolFinished ended -> finished(ended);
        }
    }

    /// The calls that wait for their turn or for a yes.
    public synchronized List<ToolCall> open() {
        return List.copyOf(calls.values());
    }

    private void finished(Event.ToolFinished ended) {
        ToolResult result = ended.result();
        Optional<Running> ran = Optional.ofNullable(running.remove(result.callId()));
        ToolCall call = calls.remove(result.callId());
        if (call == null) {
            return;
        }
        Style style = page.style();
        List<String> lines = result.text().lines().toList();
        int number = outputs.add(call.name() + " " + CallSummary.of(call), Printable.of(result.text()));
        String mark = result.isError() ? style.red("✗ ") : style.cyan("● ");
        String tail = " · " + Printable.count(lines.size(), "line")
                + (ended.durationMs() >= 1_000 ? " · " + Durations.words(Duration.ofMillis(ended.durationMs())) : "")
                + " [" + number + "]";
        int room = Math.max(10, page.width() - 3 - tail.length());
        finished.add(mark + title(call, room) + style.dim(tail));
        if (result.isError()) {
            lines.stream()
                    .limit(MOST_ERROR_LINES)
                    .map(line -> "  " + style.red(Printable.of(line)))
                    .forEach(finished::add);
        } else if (call.name().equals(TodoTool.NAME)) {
            finished.addAll(
                    new Checklist(style).lines(TodoTool.list(call.arguments()).orElse(List.of())));
        } else if (ran.filter(each -> each.effect() == Effect.KEYED).isPresent() && DiffView.isDiff(result.text())) {
            new DiffView(style, page.width() - 2, MOST_DIFF_LINES)
                    .lines(result.text().substring(result.text().indexOf("@@ -")))
                    .forEach(line -> finished.add("  " + line));
        }
        isAfterCall = true;
        doing = calls.isEmpty() ? "asks the model" : "";
    }

    private String title(ToolCall call, int room) {
        String whole = Printable.line(CallSummary.of(call));
        int most = Math.max(5, room - call.name().length() - 1);
        return page.style().bold(call.name()) + (whole.isEmpty() ? "" : " ") + Columns.fitting(whole, most);
    }

    /// What is under way, a line each.
    public synchronized List<String> underWay() {
        List<String> lines = new ArrayList<>(words.unfinished());
        Style style = page.style();
        String spinner =
                style.cyan(String.valueOf(SPINNER.charAt((int) (clock.millis() / 250 % SPINNER.length())))) + " ";
        long now = clock.millis();
        running.sequencedValues().stream().limit(MOST_RUNNING).forEach(each -> {
            long seconds = (now - each.since()) / 1000;
            lines.add(spinner
                    + title(each.call(), Math.max(20, page.width() / 2))
                    + style.dim((seconds >= 1 ? " · " + seconds + " s" : "")
                            + (each.lastLine().isEmpty() ? "" : " · " + each.lastLine())));
        });
        if (running.size() > MOST_RUNNING) {
            lines.add(style.dim("  … %d more calls".formatted(running.size() - MOST_RUNNING)));
        }
        if (isBusy && running.isEmpty() && !doing.isEmpty()) {
            lines.add(spinner + style.dim(doing));
        }
        return lines;
    }

    private void line(String text) {
        words.finish();
        finished.add(text);
    }
}
