package dev.fettle.core.todo;

import dev.fettle.core.permission.Permission;
import dev.fettle.core.tool.Describe;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.RecordArguments;
import dev.fettle.core.tool.RecordTool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.tool.ToolOutput;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Replaces the list of what is to be done. It does nothing else: the list is the arguments of the last such call in
/// the log, so it is there after a restart, and wherever the session goes on.
public final class TodoTool implements RecordTool<TodoTool.Wanted> {
    public static final String NAME = "todo";

    private static final int MOST = 40;
    private static final int LONGEST = 300;

    /// The whole list.
    public record Wanted(
            @Describe("All of the list, in order, with what is done.")
            List<Todo> todos) {}

    /// The list that a call has made; empty if its arguments are not those of this tool.
    ///
    /// @param arguments of the call, as in the log
    public static Optional<List<Todo>> list(String arguments) {
        try {
            return Optional.of(List.copyOf(
                    RecordArguments.decode(NAME, Wanted.class, arguments).todos()));
        } catch (ToolException e) {
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Replaces your list of what is to be done, which the user sees. For tasks of several steps: write it when"
                + " you have a plan, keep one item in progress, and send the whole list again when one is done.";
    }

    @Override
    public Effect effect() {
        return Effect.READ;
    }

    @Override
    public Class<Wanted> arguments() {
        return Wanted.class;
    }

    @Override
    public List<Permission> permissions(Wanted wanted) {
        return List.of();
    }

    @Override
    public ToolOutput run(Wanted wanted, ToolContext context) {
        List<Todo> todos = wanted.todos();
        if (todos.size() > MOST) {
            throw new ToolException(
                    "A list has %d items at most, not %d; put some together.".formatted(MOST, todos.size()));
        }
        for (Todo each : todos) {
            if (each.text().isBlank() || each.text().length() > LONGEST) {
                throw new ToolException("An item has 1 to %d characters, not %d: `%.40s`"
                        .formatted(LONGEST, each.text().length(), each.text()));
            }
        }
        return ToolOutput.of(
                todos.isEmpty()
                        ? "The list is empty."
                        : todos.stream().map(Todo::line).collect(Collectors.joining("\n")));
    }
}
