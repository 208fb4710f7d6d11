package dev.fettle.code.shell;

import dev.fettle.core.permission.command.Script.Function;
import dev.fettle.core.permission.command.Script.Pipeline;
import dev.fettle.core.permission.command.SimpleCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Collects every command anywhere in a script: in substitutions, functions, loops and broken parts too.
final class ScriptWalk {
    private static final List<String> SUBSTITUTIONS = List.of("command_substitution", "process_substitution");
    private static final Set<String> REDIRECTIONS =
            Set.of("file_redirect", "heredoc_redirect", "herestring_redirect", "variable_assignment");

    final List<Pipeline> pipelines = new ArrayList<>();
    final List<Function> functions = new ArrayList<>();
    final List<String> written = new ArrayList<>();

    void statement(Syntax node, boolean isBackground) {
        switch (node.type()) {
            case "pipeline", "command", "redirected_statement" ->
                pipelines.add(new Pipeline(stages(node), isBackground));
            case "function_definition" -> function(node);
            default -> children(node, isBackground);
        }
    }

    private void children(Syntax node, boolean isBackground) {
        List<Syntax> children = node.children();
        for (int i = 0; i < children.size(); i++) {
            boolean isSent = i + 1 < children.size() && children.get(i + 1).is("&");
            // A list in the background is there with all it starts; a loop's body is not.
            statement(children.get(i), isSent || (isBackground && node.is("list")));
        }
    }

    private void function(Syntax node) {
        ScriptWalk body = new ScriptWalk();
        body.children(node, false);
        functions.add(new Function(node.named().findFirst().map(Syntax::text).orElse(""), body.pipelines));
        add(body);
    }

    private void add(ScriptWalk other) {
        pipelines.addAll(other.pipelines);
        functions.addAll(other.functions);
        written.addAll(other.written);
    }

    /// The commands that take part in a pipeline; those of a group count as if they stood there one by one.
    private List<SimpleCommand> stages(Syntax node) {
        return switch (node.type()) {
            case "pipeline" ->
                node.named().flatMap(each -> stages(each).stream()).toList();
            case "command" -> List.of(command(node));
            case "redirected_statement" -> redirected(node);
            default -> {
                ScriptWalk group = new ScriptWalk();
                group.statement(node, false);
                add(group);
                yield group.pipelines.stream()
                        .flatMap(each -> each.stages().stream())
                        .toList();
            }
        };
    }

    private List<SimpleCommand> redirected(Syntax node) {
        List<SimpleCommand> stages = new ArrayList<>();
        List<String> more = new ArrayList<>();
        Optional<String> input = Optional.empty();
        for (Syntax each : node.named().toList()) {
            if (REDIRECTIONS.contains(each.type())) {
                more.addAll(redirection(each));
                input = input.or(() -> input(each));
                // `cat <<EOF | sh` keeps the rest of its line inside the redirection.
                stages.addAll(each.is("heredoc_redirect") ? rest(each) : List.of());
            } else {
                stages.addAll(stages(each));
            }
        }
        if (!stages.isEmpty() && (!more.isEmpty() || input.isPresent())) {
            SimpleCommand last = stages.getLast();
            stages.set(stages.size() - 1, extended(last, more, input));
        }
        return stages;
    }

    private List<SimpleCommand> rest(Syntax heredoc) {
        return heredoc.named()
                .filter(each -> Set.of("pipeline", "command", "list", "redirected_statement")
                        .contains(each.type()))
                .flatMap(each -> stages(each).stream())
                .toList();
    }

    private static SimpleCommand extended(SimpleCommand command, List<String> more, Optional<String> input) {
        List<String> words = new ArrayList<>(command.words());
        words.addAll(more);
        return new SimpleCommand(words, command.fedBy(), input.or(command::input));
    }

    private SimpleCommand command(Syntax node) {
        List<String> words = new ArrayList<>();
        Optional<String> input = Optional.empty();
        for (Syntax each : node.named().toList()) {
            if (REDIRECTIONS.contains(each.type())) {
                words.addAll(redirection(each));
                input = input.or(() -> input(each));
            } else {
                words.add(WordText.of(each));
            }
        }
        ScriptWalk inside = new ScriptWalk();
        node.find(SUBSTITUTIONS).forEach(each -> inside.children(each, false));
        add(inside);
        List<String> fedBy = inside.pipelines.stream()
                .flatMap(each -> each.stages().stream())
                .map(SimpleCommand::program)
                .toList();
        return new SimpleCommand(words, fedBy, input);
    }

    /// Notes what is written to. The grammar counts words after a target as targets, too; they belong to
    /// the command: `rm >x -rf /`.
    private List<String> redirection(Syntax node) {
        if (!node.is("file_redirect")) {
            return List.of();
        }
        List<String> targets = node.named()
                .filter(each -> !each.is("file_descriptor"))
                .map(WordText::of)
                .toList();
        boolean isWriting = node.children().stream()
                .anyMatch(each -> !each.isNamed() && each.type().contains(">"));
        if (isWriting && !targets.isEmpty()) {
            written.add(targets.getFirst());
        }
        return targets.stream().skip(1).toList();
    }

    private static Optional<String> input(Syntax node) {
        return switch (node.type()) {
            case "heredoc_redirect" ->
                node.named()
                        .filter(each -> each.is("heredoc_body"))
                        .map(Syntax::text)
                        .findFirst();
            case "herestring_redirect" -> node.named().map(WordText::of).findFirst();
            default -> Optional.empty();
        };
    }
}
