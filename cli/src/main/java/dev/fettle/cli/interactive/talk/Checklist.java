package dev.fettle.cli.interactive.talk;

import dev.fettle.cli.text.Printable;
import dev.fettle.cli.text.Style;
import dev.fettle.core.todo.Todo;
import java.util.List;

/// What is to be done, a line each: what is done recedes, what is in progress stands out.
public record Checklist(Style style) {
    public List<String> lines(List<Todo> todos) {
        return todos.stream().map(each -> "  " + line(each)).toList();
    }

    private String line(Todo todo) {
        String text = Printable.of(todo.text()).replace('\n', ' ');
        return switch (todo.state()) {
            case OPEN -> "☐ " + text;
            case IN_PROGRESS -> style.cyan("▸ ") + style.bold(text);
            case DONE -> style.green("✓ ") + style.dim(text);
        };
    }
}
