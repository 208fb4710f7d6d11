package dev.fettle.cli.manual;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// Completions for the shell fish (<https://fishshell.com/docs/current/completions.html>).
final class FishCompletion {
    private static final String SEEN = "__fish_seen_subcommand_from ";

    private final StringBuilder text = new StringBuilder();

    private FishCompletion() {}

    /// The script for a program and its commands.
    static String of(CommandLine program) {
        FishCompletion completion = new FishCompletion();
        completion.add(program, "__fish_use_subcommand", "");
        return completion.text.toString();
    }

    /// @param fresh holds where the next word may be one of its commands
    /// @param within holds where this command has been named; empty for the program
    private void add(CommandLine command, String fresh, String within) {
        command.getSubcommands().forEach((name, each) -> line(fresh, "-a " + quoted(name), header(each)));
        command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .forEach(option -> line(within, words(option), first(option.description())));
        for (Map.Entry<String, CommandLine> each : command.getSubcommands().entrySet()) {
            String named = (within.isEmpty() ? "" : within + "; and ") + SEEN + each.getKey();
            String names = String.join(" ", each.getValue().getSubcommands().keySet());
            add(each.getValue(), names.isEmpty() ? named : named + "; and not " + SEEN + names, named);
        }
    }

    private void line(String condition, String words, String description) {
        text.append("complete -c fettle");
        if (!condition.isEmpty()) {
            text.append(" -n ").append(quoted(condition));
        }
        text.append(' ').append(words);
        if (!description.isEmpty()) {
            text.append(" -d ").append(quoted(description));
        }
        text.append('\n');
    }

    private static String words(OptionSpec option) {
        String names = List.of(option.names()).stream()
                .map(name -> name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
                .collect(Collectors.joining(" "));
        if (option.arity().max() == 0) {
            return names;
        }
        return option.completionCandidates() == null
                ? names + " -r"
                : names + " -x -a "
                        + quoted(StreamSupport.stream(
                                        option.completionCandidates().spliterator(), false)
                                .collect(Collectors.joining(" ")));
    }

    private static String header(CommandLine command) {
        return first(command.getCommandSpec().usageMessage().header());
    }

    private static String first(String... lines) {
        return lines.length == 0 ? "" : lines[0];
    }

    private static String quoted(String words) {
        return "'" + words.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
