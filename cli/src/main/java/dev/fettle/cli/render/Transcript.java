package dev.fettle.cli.render;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Session;
import java.util.List;

/// A whole session as plain text.
public final class Transcript {
    private Transcript() {}

    public static String of(Session session, List<LogEntry> history) {
        StringBuilder text = new StringBuilder();
        Conversation.TurnTotals totals = Conversation.of(history).session();
        text.append("%s%n%s%n%s · %s · %,d tokens · %s%n"
                .formatted(
                        session.title(),
                        session.id(),
                        session.workspace(),
                        Progress.count(totals.steps(), "step"),
                        totals.usage().total(),
                        totals.cost().display()));
        history.forEach(entry -> append(text, entry.event()));
        return Printable.of(text.toString());
    }

    private static void append(StringBuilder text, Event event) {
        switch (event) {
            case Event.SessionStarted _, Event.ToolStarted _, Event.SecretSeen _ -> {}
            case Event.UserSaid said ->
                text.append("%n> %s%n%n".formatted(said.text().replace("\n", "\n> ")));
            case Event.AssistantSaid said -> said.content().forEach(block -> append(text, block));
            // What a rule simply allowed is in the log; here it would only repeat the call.
            case Event.ApprovalAsked asked ->
                text.append("  ? waits for an approval: %s%n"
                        .formatted(asked.permission().describe()));
            case Event.PermissionDecided decided
            when decided.allowed() && decided.by().equals("policy") -> {}
            case Event.PermissionDecided decided ->
                text.append("  ! %s to %s (%s)%n"
                        .formatted(
                                decided.allowed() ? "allowed" : "not allowed",
                                decided.permission().describe(),
                                decided.by()));
            case Event.ToolFinished finished ->
                finished.result()
                        .text()
                        .lines()
                        .forEach(line -> text.append("  │ ").append(line).append('\n'));
            case Event.Advised advised -> text.append("%n! %s%n%n".formatted(advised.text()));
            case Event.Shortened _ -> text.append("  ! older tool results are shortened from here on\n");
            case Event.Directed directed -> text.append("  ! %s%n".formatted(Directions.of(directed)));
            case Event.Informed informed -> text.append("  + %s%n".formatted(Additions.of(informed)));
            case Event.Compacted compacted ->
                text.append("  ! compacted from here on: %s%n".formatted(Additions.of(compacted)));
            case Event.Restored restored ->
                text.append("  ! the working tree was restored from a snapshot, without %d file(s)%n"
                        .formatted(restored.missing().size()));
            case Event.TreeKept kept when kept.cause() == Event.TreeKept.Cause.TURN -> {}
            case Event.TreeKept kept ->
                text.append("  ! %s: %s%n"
                        .formatted(
                                kept.cause() == Event.TreeKept.Cause.UNDO ? "taken back" : "done again",
                                String.join(", ", kept.paths())));
            case Event.TurnEnded ended ->
                text.append("%n[%s] %s%n"
                        .formatted(
                                ended.outcome().status().word(), ended.outcome().message()));
        }
    }

    private static void append(StringBuilder text, ContentBlock block) {
        switch (block) {
            case ContentBlock.Text said -> text.append(said.text()).append('\n');
            case ContentBlock.Reasoning _ -> {}
            case ToolCall call -> text.append("› %s %s%n".formatted(call.name(), CallSummary.of(call)));
        }
    }
}
