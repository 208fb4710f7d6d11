package dev.fettle.cli.render;

import dev.fettle.core.session.Event;

/// What a turn is for, in a line.
final class Directions {
    private Directions() {}

    static String of(Event.Directed directed) {
        String why = directed.note().isEmpty() ? "" : ": " + directed.note();
        return switch (directed.by()) {
            case "reminder" -> "reminded of its report" + why;
            case "fallback" -> "goes on as a general task" + why;
            default -> "workflow " + directed.workflow().word() + why;
        };
    }
}
