package dev.fettle.cli.manual;

import dev.fettle.cli.host.ExitCode;
import dev.fettle.core.session.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// A manual page in the macros of man(7): each command with what its `--help` says, word for word.
final class ManPage {
    private ManPage() {}

    static String of(CommandLine program) {
        List<String> lines = new ArrayList<>();
        String version = String.join(" ", program.getCommandSpec().version());
        lines.add(".TH FETTLE 1 \"\" \"%s\" \"User Commands\"".formatted(escaped(version)));
        lines.add(".SH NAME");
        lines.add("fettle \\- " + escaped(header(program)));
        lines.add(".SH SYNOPSIS");
        lines.add("\\fBfettle\\fR [\\fIOPTIONS\\fR] [\\fICOMMAND\\fR]");
        lines.add(".SH COMMANDS");
        program.getSubcommands().forEach((name, command) -> {
            lines.add(".TP");
            lines.add("\\fB%s\\fR".formatted(escaped(name)));
            lines.add(escaped(header(command)));
        });
        program.getSubcommands().forEach((name, command) -> add(lines, name, command));
        lines.add(".SH EXIT STATUS");
        Arrays.stream(Status.values())
                .collect(Collectors.groupingBy(
                        ExitCode::of, TreeMap::new, Collectors.mapping(Status::word, Collectors.joining(", "))))
                .forEach((code, words) -> {
                    lines.add(".TP");
                    lines.add("\\fB%d\\fR".formatted(code));
                    lines.add(escaped(words));
                });
        return String.join("\n", lines) + "\n";
    }

    private static void add(List<String> lines, String name, CommandLine command) {
        lines.add(".SH \"FETTLE %s\"".formatted(escaped(name.toUpperCase(Locale.ROOT))));
        lines.add(".nf");
        command.getUsageMessage(Ansi.OFF).lines().map(ManPage::escaped).forEach(lines::add);
        lines.add(".fi");
        command.getSubcommands().forEach((each, sub) -> {
            if (!each.equals("help")) {
                add(lines, name + " " + each, sub);
            }
        });
    }

    private static String header(CommandLine command) {
        return String.join(" ", command.getCommandSpec().usageMessage().header());
    }

    /// Text that means nothing to the formatter.
    private static String escaped(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
