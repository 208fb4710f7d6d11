package dev.fettle.cli.render;

import dev.fettle.cli.diff.DiffView;
import dev.fettle.cli.markdown.MarkdownStream;
import dev.fettle.cli.text.Columns;
import dev.fettle.cli.text.Printable;
import dev.fettle.cli.text.Style;
import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.Delta;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.todo.TodoTool;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.turn.TurnListener;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Shows a person what the agent is doing: its words as they come, and each call with what came of it. Calls that only
/// look get a line; calls that change something show their result.
///
/// Words go to `out` if somebody sits there, so that they can be read and copied, and to `err` otherwise, so that a
/// pipe gets the result alone. In colour they are set as the Markdown they are, and changes word by word.
public final class Progress implements TurnListener {
    private static final int MOST_LINES = 16;
    private static final int MOST_CHANGES = 40;
    private static final int LONGEST_LINE = 160;
    private static final String INDENT = "  ";
    private static final int NARROW = 70;
    /// Back to the beginning of the line, and nothing left on it (ECMA-48 CR, EL).
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream words;
    private final PrintStream err;
    private final Style style;
    private final int columns;
    private final Optional<MarkdownStream> markdown;
    private final Map<String, ToolCall> calls = new HashMap<>();
    private final Map<String, Effect> effects = new HashMap<>();
    private final Remarks remarks;
    private String shownLast = "";
    private boolean isMidLine;
    private boolean hasLines;
    private boolean isGlimpsing;

    public Progress(Console console) {
        this.words = console.isOutTerminal() ? console.out() : console.err();
        this.err = console.err();
        this.style = console.style();
        this.remarks = new Remarks(style);
        this.columns = console.columns();
        this.markdown = console.outStyle().isOn()
                ? Optional.of(new MarkdownStream(console::columns, console.outStyle(), this::word))
                : Optional.empty();
    }

    @Override
    public synchronized void onDelta(Delta delta) {
        switch (delta) {
            case Delta.Text text when !text.text().isEmpty() -> say(text.text());
            case Delta.ToolOutput output -> glimpse(output.text());
            case Delta.Discarded discarded -> line(remarks.of(discarded));
            case Delta.Waiting waiting -> awaiting(waiting);
            case Delta.Switched switched -> line(remarks.of(switched));
            case Delta.Text _, Delta.Reasoning _, Delta.CallBegun _ -> {}
        }
    }

    private void say(String text) {
        if (hasLines) {
            line("");
            hasLines = false;
        }
        endGlimpse();
        markdown.ifPresentOrElse(stream -> stream.accept(text), () -> words.print(Printable.of(text)));
        words.flush();
        isMidLine = markdown.isPresent() || !text.endsWith("\n");
    }

    private void word(String line) {
        words.println(line);
    }

    /// Shows the last line of what a command prints.
    private void glimpse(String output) {
        List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
        if (style.isOn() && !lines.isEmpty()) {
            fleeting("  … " + Columns.fitting(Printable.line(lines.getLast()), NARROW));
        }
    }

    private void awaiting(Delta.Waiting waiting) {
        long seconds = Math.max(1, Math.round(waiting.time().toMillis() / 1000.0));
        String next = "; next try in %d s".formatted(seconds);
        if (style.isOn()) {
            fleeting("  … " + Columns.fitting(Printable.line(waiting.reason()), NARROW) + next);
        } else {
            line("… " + clip(waiting.reason()) + next);
        }
    }

    /// A line that gives way to whatever is printed next.
    private void fleeting(String text) {
        endLine();
        err.print(ERASE + style.dim(text));
        err.flush();
        isGlimpsing = true;
    }

    private void endGlimpse() {
        if (isGlimpsing) {
            err.print(ERASE);
            err.flush();
            isGlimpsing = false;
        }
    }

    @Override
    public synchronized void onEvent(LogEntry entry) {
        switch (entry.event()) {
            case Event.SessionStarted _, Event.UserSaid _, Event.SecretSeen _ -> {}
            case Event.TurnEnded _ -> endLine();
            case Event.AssistantSaid said -> {
                endLine();
                endGlimpse();
                for (ContentBlock block : said.content()) {
                    if (block instanceof ToolCall call) {
                        calls.put(call.id(), call);
                    }
                }
            }
            case Event.Advised _,
                    Event.Shortened _,
                    Event.Directed _,
                    Event.Informed _,
                    Event.Compacted _,
                    Event.Restored _,
                    Event.TreeKept _,
                    Event.ApprovalAsked _,
                    Event.PermissionDecided _ -> remarks.of(entry.event()).ifPresent(this::line);
            case Event.ToolStarted started -> {
                effects.put(started.callId(), started.effect());
                if (started.effect() != Effect.READ) {
                    line(style.cyan("› ") + describe(started.callId()));
                    shownLast = started.callId();
                }
            }
            case Event.ToolFinished finished -> finished(finished);
        }
    }

    private void finished(Event.ToolFinished finished) {
        ToolResult result = finished.result();
        Effect effect = effects.get(result.callId());
        List<String> lines = result.text().lines().toList();
        if (effect == null) {
            line(style.red("✗ ") + describe(result.callId()));
        } else if (isTodo(result.callId()) && !result.isError()) {
            line(style.cyan("› ") + describe(result.callId()));
            show(lines, MOST_LINES, style::dim);
            shownLast = "";
            return;
        } else if (effect == Effect.READ && !result.isError()) {
            line(style.cyan("› ")
                    + describe(result.callId())
                    + style.dim(" · " + Printable.count(lines.size(), "line")));
            shownLast = "";
            return;
        } else if (!shownLast.equals(result.callId())) {
            line(style.cyan("‹ ") + describe(result.callId()));
        }
        shownLast = "";
        if (result.isError()) {
            show(lines, 4, style::red);
        } else if (style.isOn() && DiffView.isDiff(result.text())) {
            new DiffView(style, columns - INDENT.length(), MOST_CHANGES)
                    .lines(result.text())
                    .forEach(each -> line(INDENT + each));
        } else {
            show(lines, MOST_LINES, this::diffColor);
        }
    }

    private boolean isTodo(String callId) {
        ToolCall call = calls.get(callId);
        return call != null && call.name().equals(TodoTool.NAME);
    }

    private void show(List<String> lines, int most, UnaryOperator<String> color) {
        int hidden = Math.max(0, lines.size() - most);
        List<String> shown = lines.subList(hidden, lines.size());
        if (hidden > 0) {
            line(style.dim(INDENT + "… " + Printable.count(hidden, "line") + " above"));
        }
        shown.forEach(each -> line(INDENT + color.apply(clip(each))));
    }

    private String diffColor(String line) {
        if (line.startsWith("+")) {
            return style.green(line);
        }
        return line.startsWith("-") ? style.red(line) : style.dim(line);
    }

    private String describe(String callId) {
        ToolCall call = calls.get(callId);
        return call == null ? callId : style.bold(call.name()) + " " + clip(CallSummary.of(call));
    }

    private void line(String text) {
        endLine();
        endGlimpse();
        err.println(text);
        hasLines = true;
    }

    private void endLine() {
        if (isMidLine) {
            markdown.ifPresentOrElse(MarkdownStream::finish, words::println);
            words.flush();
            isMidLine = false;
        }
    }

    /// Indented as it was.
    private static String clip(String line) {
        return Columns.fitting(Printable.of(line).replace('\t', ' ').stripTrailing(), LONGEST_LINE);
    }
}
