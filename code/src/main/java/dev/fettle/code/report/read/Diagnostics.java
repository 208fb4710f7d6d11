package dev.fettle.code.report.read;

import dev.fettle.code.report.Diagnostic;
import dev.fettle.code.report.Diagnostic.Severity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.regex.Pattern;

/// Finds what compilers and linters said in any output: findings of one line ([DiagnosticSyntax]), and those that are
/// spread over some: rustc's and ruff's with an arrow, Python's syntax errors, ESLint's below the name of a file.
final class Diagnostics {
    private static final int MOST = 200;
    private static final int LONGEST_REACH = 6;

    private static final Pattern HEADLINE = Pattern.compile(
            "^(?:(?<severity>error|warning)(?:\\[(?<code>\\w+)\\])?: (?<message>.+)|(?<rule>[A-Z]+\\d+) (?:\\[\\*\\] )?(?<finding>.+))$");
    private static final Pattern ARROW = Pattern.compile("^\\s*--> (?<path>[^\\s:]+):(?<line>\\d+):(?<column>\\d+)$");
    private static final Pattern PYTHON_FILE =
            Pattern.compile("^\\s*(?:E\\s+)?File \"(?<path>[^\"]+)\", line (?<line>\\d+)$");
    private static final Pattern SYNTAX_ERROR =
            Pattern.compile("^\\s*(?:E\\s+)?(?<code>SyntaxError|IndentationError|TabError): (?<message>.+)$");
    private static final Pattern ESLINT_FILE = Pattern.compile("^(?<path>/?\\S+\\.(?:[cm]?[jt]sx?|vue|svelte))$");
    private static final Pattern ESLINT_FINDING = Pattern.compile(
            "^ +(?<line>\\d+):(?<column>\\d+) +(?<severity>error|warning) +(?<message>.+?)(?: {2,}(?<code>[@\\w/-]+))?$");

    private final List<String> lines;
    private final SequencedSet<Diagnostic> found = new LinkedHashSet<>();
    private String file = "";

    private Diagnostics(List<String> lines) {
        this.lines = lines;
    }

    /// In the order of the text, each once, bounded.
    static List<Diagnostic> in(String text) {
        return in(Lines.of(text));
    }

    static List<Diagnostic> in(List<String> lines) {
        Diagnostics reading = new Diagnostics(lines);
        for (int i = 0; i < lines.size() && reading.found.size() < MOST; i++) {
            reading.read(i);
        }
        return List.copyOf(reading.found);
    }

    private void read(int index) {
        String line = lines.get(index);
        file = line.isBlank()
                ? ""
                : Hit.in(line, ESLINT_FILE).map(hit -> hit.get("path")).orElse(file);
        DiagnosticSyntax.read(line)
                .or(() -> arrow(index))
                .or(() -> syntaxError(index))
                .or(() -> belowAFile(line))
                .ifPresent(found::add);
    }

    private Optional<Diagnostic> arrow(int index) {
        return Hit.in(lines.get(index), ARROW)
                .flatMap(arrow -> index == 0
                        ? Optional.empty()
                        : Hit.in(lines.get(index - 1), HEADLINE)
                                .map(headline -> new Diagnostic(
                                        arrow.get("path"),
                                        arrow.number("line"),
                                        arrow.number("column"),
                                        DiagnosticSyntax.severity(headline.get("severity")),
                                        headline.get("message") + headline.get("finding"),
                                        headline.get("code") + headline.get("rule"))));
    }

    private Optional<Diagnostic> syntaxError(int index) {
        Optional<Hit> error = Hit.in(lines.get(index), SYNTAX_ERROR);
        for (int i = index - 1; error.isPresent() && i >= 0 && i >= index - LONGEST_REACH; i--) {
            Optional<Hit> place = Hit.in(lines.get(i), PYTHON_FILE);
            if (place.isPresent()) {
                return place.map(at -> new Diagnostic(
                        at.get("path"),
                        at.number("line"),
                        0,
                        Severity.ERROR,
                        error.get().get("message"),
                        error.get().get("code")));
            }
        }
        return Optional.empty();
    }

    private Optional<Diagnostic> belowAFile(String line) {
        return file.isEmpty()
                ? Optional.empty()
                : Hit.in(line, ESLINT_FINDING)
                        .map(hit -> new Diagnostic(
                                file,
                                hit.number("line"),
                                hit.number("column"),
                                DiagnosticSyntax.severity(hit.get("severity")),
                                hit.get("message").strip(),
                                hit.get("code")));
    }
}
