package dev.fettle.cli.render;

import dev.fettle.cli.text.Columns;
import dev.fettle.cli.text.Printable;
import dev.fettle.cli.text.Style;
import dev.fettle.core.model.Delta;
import dev.fettle.core.session.Event;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What is said of a turn besides its words and its calls, a line each. Used by one thread at a time.
public final class Remarks {
    private static final int LONGEST = 160;

    private final Style style;
    private final Set<String> troubles = new HashSet<>();

    public Remarks(Style style) {
        this.style = style;
    }

    /// The part of an answer that has come does not count.
    public String of(Delta.Discarded discarded) {
        return warning("broken off; the answer above does not count", discarded.reason());
    }

    /// Another model answers.
    public String of(Delta.Switched switched) {
        return warning(switched.to() + " answers instead", switched.reason());
    }

    /// Empty if there is nothing to remark, or it was said before.
    public Optional<String> of(Event event) {
        return switch (event) {
            case Event.SessionStarted _,
                    Event.UserSaid _,
                    Event.AssistantSaid _,
                    Event.ToolStarted _,
                    Event.ToolFinished _,
                    Event.SecretSeen _,
                    Event.TurnEnded _ -> Optional.empty();
            case Event.Advised _ -> Optional.of(warning("it goes in circles", "told it to try something else"));
            case Event.Shortened _ ->
                Optional.of(warning("the conversation grew too long", "older tool results are shortened"));
            case Event.Directed directed -> Optional.of(aside(Directions.of(directed)));
            case Event.Informed informed -> Optional.of(aside(Additions.of(informed)));
            case Event.Compacted compacted ->
                Optional.of(warning("the conversation was compacted", Additions.of(compacted)));
            case Event.TreeKept kept -> notKept(kept.trouble());
            case Event.Restored restored ->
                Optional.of(style.yellow("! the working tree was restored from a snapshot") + missing(restored));
            case Event.ApprovalAsked asked ->
                Optional.of(style.yellow("? waits for an approval: ")
                        + Printable.line(asked.permission().describe()));
            case Event.PermissionDecided decided ->
                decided.allowed()
                        ? Optional.empty()
                        : Optional.of(
                                warning("not allowed", decided.permission().describe()));
        };
    }

    /// Said of the first of several turns.
    private Optional<String> notKept(String trouble) {
        if (trouble.isEmpty()) {
            troubles.clear();
        }
        return trouble.isEmpty() || !troubles.add(trouble)
                ? Optional.empty()
                : Optional.of(style.yellow("! this turn cannot be undone: ") + Printable.line(trouble));
    }

    private static String missing(Event.Restored restored) {
        return restored.missing().isEmpty() ? "" : ", without " + clipped(String.join(", ", restored.missing()));
    }

    private String warning(String what, String more) {
        return style.yellow("! " + what + ": ") + clipped(more);
    }

    private String aside(String text) {
        return style.dim("› " + clipped(text));
    }

    private static String clipped(String text) {
        return Columns.fitting(Printable.line(text), LONGEST);
    }
}
