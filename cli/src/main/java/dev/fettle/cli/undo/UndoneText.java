package dev.fettle.cli.undo;

import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.render.Console;
import dev.fettle.cli.text.Printable;
import dev.fettle.cli.text.Style;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.undo.TurnChange;
import dev.fettle.core.undo.Undone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Says what became of an undo, a redo or a rewind, and which turns there are.
public final class UndoneText {
    private static final int MOST_LINES = 20;

    private UndoneText() {}

    /// Lines for a person.
    ///
    /// @param verb what was done, as in `Took back`
    /// @param style of the place where they are printed
    public static List<String> lines(String verb, Undone undone, Style style) {
        return switch (undone) {
            case Undone.Done done -> done(verb, done, style);
            case Undone.Conflict conflict -> {
                List<String> lines = new ArrayList<>();
                lines.add(style.red("Nothing was touched") + ": since then somebody has changed");
                some(conflict.paths(), lines);
                lines.add(
                        "--force makes these what they were, too; what is there now is kept, and comes back with the reverse.");
                yield lines;
            }
            case Undone.Nothing nothing -> List.of(Printable.of(nothing.why()));
        };
    }

    private static List<String> done(String verb, Undone.Done done, Style style) {
        List<String> lines = new ArrayList<>();
        for (TurnChange each : done.turns()) {
            lines.add("%s turn %d: %s".formatted(verb, each.number(), title(each)));
        }
        some(done.paths(), lines);
        if (done.paths().isEmpty() && !done.turns().isEmpty()) {
            lines.add(style.dim("  all files are as they should be already"));
        }
        if (!done.notRestored().isEmpty()) {
            lines.add(style.yellow("Not as it was:"));
            some(done.notRestored(), lines);
        }
        List<String> leftOut = done.leftOut().stream()
                .filter(line -> !line.startsWith(".git/ "))
                .toList();
        if (!leftOut.isEmpty()) {
            lines.add(style.dim("Left alone, for it is not kept: " + Printable.of(shortened(leftOut))));
        }
        return lines;
    }

    private static String shortened(List<String> paths) {
        int most = 4;
        String first = String.join(", ", paths.subList(0, Math.min(most, paths.size())));
        return paths.size() > most ? first + ", and %d more".formatted(paths.size() - most) : first;
    }

    private static void some(List<String> paths, List<String> lines) {
        paths.stream().limit(MOST_LINES).forEach(each -> lines.add("  " + Printable.of(each)));
        if (paths.size() > MOST_LINES) {
            lines.add("  … and %d more".formatted(paths.size() - MOST_LINES));
        }
    }

    /// The turns of a session, a line each.
    public static List<String> turns(List<TurnChange> turns) {
        return turns.stream()
                .map(each -> "%4d  %s  %-10s  %s"
                        .formatted(
                                each.number(),
                                each.at().toString().substring(0, 16).replace('T', ' '),
                                word(each.state()),
                                title(each)))
                .toList();
    }

    private static String title(TurnChange turn) {
        return Printable.of(Session.titleOf(turn.said()));
    }

    private static String word(TurnChange.State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static int exitCode(Undone undone) {
        return switch (undone) {
            case Undone.Done done -> done.notRestored().isEmpty() ? ExitCode.COMPLETED : ExitCode.FAILED;
            case Undone.Conflict _, Undone.Nothing _ -> ExitCode.FAILED;
        };
    }

    static int report(Console console, boolean isJson, SessionId session, String verb, Undone undone) {
        if (isJson) {
            console.out().println(json(session, undone).toPrettyString());
        } else if (undone instanceof Undone.Done) {
            Style style = new Style(console.hasColor() && console.isOutTerminal());
            lines(verb, undone, style).forEach(console.out()::println);
        } else {
            lines(verb, undone, console.style()).forEach(console.err()::println);
        }
        return exitCode(undone);
    }

    private static ObjectNode json(SessionId session, Undone undone) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        switch (undone) {
            case Undone.Done done -> {
                node.put("status", "done").put("session_id", session.value());
                node.set("turns", turnsJson(done.turns()));
                put(node, "paths", done.paths());
                put(node, "not_restored", done.notRestored());
                put(node, "left_out", done.leftOut());
                done.fork().ifPresent(fork -> node.put("fork", fork.value()));
            }
            case Undone.Conflict conflict -> {
                node.put("status", "conflict").put("session_id", session.value());
                node.set("turns", turnsJson(conflict.turns()));
                put(node, "paths", conflict.paths());
            }
            case Undone.Nothing nothing ->
                node.put("status", "nothing").put("session_id", session.value()).put("message", nothing.why());
        }
        return node;
    }

    private static void put(ObjectNode node, String name, List<String> values) {
        values.forEach(node.putArray(name)::add);
    }

    static ArrayNode turnsJson(List<TurnChange> turns) {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        turns.forEach(each -> array.addObject()
                .put("number", each.number())
                .put("at", each.at().toString())
                .put("state", each.state().name().toLowerCase(Locale.ROOT))
                .put("said", each.said())
                .put("trouble", each.trouble()));
        return array;
    }
}
