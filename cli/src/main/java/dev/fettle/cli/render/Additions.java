package dev.fettle.cli.render;

import dev.fettle.cli.text.Printable;
import dev.fettle.core.session.Event;
import java.util.Locale;

/// What the model was given beside what was said, and what was taken from it, in a line each.
final class Additions {
    private Additions() {}

    static String of(Event.Informed informed) {
        return switch (informed.part()) {
            case MAP -> "map of the repository, %s".formatted(Printable.count(lines(informed.text()), "line"));
            case MEMORY -> "remembers: " + informed.text().lines().skip(1).reduce("", Additions::joined);
            case INSTRUCTIONS -> "instructions of " + informed.about();
        };
    }

    private static int lines(String text) {
        return (int) text.lines().skip(1).count();
    }

    private static String joined(String line, String next) {
        return line.isEmpty() ? next : line + " " + next;
    }

    static String of(Event.Compacted compacted) {
        String how = compacted.note().isEmpty() ? "" : ", without a summary by a model: " + compacted.note();
        return String.format(
                Locale.ROOT, "about %,d tokens instead of %,d%s", compacted.after(), compacted.before(), how);
    }
}
