package dev.fettle.core.permission.rule;

import dev.fettle.core.permission.command.CommandParser;
import dev.fettle.core.permission.command.Script;
import dev.fettle.core.permission.command.SimpleCommand;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads words between blanks, `|` and `&&`; what has a `$` is dynamic, what has a `<<` has an input, and what has a
/// `'`
/// is not understood.
final class PlainWords implements CommandParser {
    @Override
    public Script parse(String text) {
        if (text.contains("'")) {
            return Script.UNREADABLE;
        }
        List<Script.Pipeline> pipelines = Arrays.stream(text.split("&&", -1))
                .map(pipeline -> Arrays.stream(pipeline.split("\\|", -1))
                        .map(PlainWords::command)
                        .toList())
                .map(stages -> new Script.Pipeline(stages, false))
                .toList();
        return new Script(
                text.contains("$") ? Script.Form.DYNAMIC : Script.Form.LITERAL, pipelines, List.of(), List.of());
    }

    private static SimpleCommand command(String text) {
        String[] halves = text.split("<<", 2);
        List<String> words = List.of(halves[0].strip().split(" +", -1));
        return new SimpleCommand(
                words, List.of(), halves.length == 2 ? Optional.of(halves[1].strip()) : Optional.empty());
    }
}
