package dev.fettle.cli.render;

import dev.fettle.cli.diff.DiffView;
import dev.fettle.cli.markdown.MarkdownStream;
import dev.fettle.cli.text.Printable;
import dev.fettle.cli.text.Style;
import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Session;
import java.util.List;
import java.util.stream.Stream;

/// A whole session as text: as it was written or, in colour, as it is meant to be read.
///
/// @param columns of the terminal
public record Transcript(Style style, int columns) {
    private static final String BAR = "  │ ";

    /// Its name, then what happened.
    public String of(Session session, List<LogEntry> history) {
        StringBuilder text = new StringBuilder();
        Conversation.TurnTotals totals = Conversation.of(history).session();
        say(
                text,
                "%s%n%s%n%s · %s · %,d tokens · %s%n"
                        .formatted(
                                session.title(),
                                session.id(),
                                session.workspace(),
                                Printable.count(totals.steps(), "step"),
                                totals.usage().total(),
                                totals.cost().display()));
        history.forEach(entry -> append(text, entry.event()));
        return text.toString();
    }

    private static void say(StringBuilder text, String words) {
        text.append(Printable.of(words));
    }

    private void append(StringBuilder text, Event event) {
        switch (event) {
            case Event.SessionStarted _, Event.ToolStarted _, Event.SecretSeen _ -> {}
            case Event.UserSaid said ->
                say(text, "%n> %s%n%n".formatted(said.text().replace("\n", "\n> ")));
            case Event.AssistantSaid said -> said.content().forEach(block -> append(text, block));
            // What a rule simply allowed is in the log; here it would only repeat the call.
            case Event.ApprovalAsked asked ->
                say(
                        text,
                        "  ? waits for an approval: %s%n"
                                .formatted(asked.permission().describe()));
            case Event.PermissionDecided decided
            when decided.allowed() && decided.by().equals("policy") -> {}
            case Event.PermissionDecided decided ->
                say(
                        text,
                        "  ! %s to %s (%s)%n"
                                .formatted(
                                        decided.allowed() ? "allowed" : "not allowed",
                                        decided.permission().describe(),
                                        decided.by()));
            case Event.ToolFinished finished ->
                shown(finished.result())
                        .forEach(
                                line -> text.append(style.dim(BAR)).append(line).append('\n'));
            case Event.Advised advised -> say(text, "%n! %s%n%n".formatted(advised.text()));
            case Event.Shortened _ -> say(text, "  ! older tool results are shortened from here on\n");
            case Event.Directed directed -> say(text, "  ! %s%n".formatted(Directions.of(directed)));
            case Event.Informed informed -> say(text, "  + %s%n".formatted(Additions.of(informed)));
            case Event.Compacted compacted ->
                say(text, "  ! compacted from here on: %s%n".formatted(Additions.of(compacted)));
            case Event.Restored restored ->
                say(
                        text,
                        "  ! the working tree was restored from a snapshot, without %d file(s)%n"
                                .formatted(restored.missing().size()));
            case Event.TreeKept kept when kept.cause() == Event.TreeKept.Cause.TURN -> {}
            case Event.TreeKept kept ->
                say(
                        text,
                        "  ! %s: %s%n"
                                .formatted(
                                        kept.cause() == Event.TreeKept.Cause.UNDO ? "taken back" : "done again",
                                        String.join(", ", kept.paths())));
            case Event.TurnEnded ended ->
                say(
                        text,
                        "%n[%s] %s%n"
                                .formatted(
                                        ended.outcome().status().word(),
                                        ended.outcome().message()));
        }
    }

    private Stream<String> shown(ToolResult result) {
        return style.isOn() && DiffView.isDiff(result.text())
                ? new DiffView(style, columns - BAR.length(), Integer.MAX_VALUE).lines(result.text()).stream()
                : Printable.of(result.text()).lines().map(style::dim);
    }

    private void append(StringBuilder text, ContentBlock block) {
        switch (block) {
            case ContentBlock.Text said
            when style.isOn() -> {
                MarkdownStream stream = new MarkdownStream(
                        () -> columns, style, line -> text.append(line).append('\n'));
                stream.accept(said.text());
                stream.finish();
            }
            case ContentBlock.Text said -> say(text, said.text() + "\n");
            case ContentBlock.Reasoning _ -> {}
            case ToolCall call -> {
                text.append(style.cyan("› ")).append(style.bold(Printable.of(call.name())));
                say(text, " %s%n".formatted(CallSummary.of(call)));
            }
        }
    }
}
