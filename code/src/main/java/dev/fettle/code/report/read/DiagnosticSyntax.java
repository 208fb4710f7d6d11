package dev.fettle.code.report.read;

import dev.fettle.code.report.Diagnostic;
import dev.fettle.code.report.Diagnostic.Severity;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// How compilers and linters write a finding into one line. A line is tried against all, in this order.
enum DiagnosticSyntax {
    MAVEN(
            "^\\[(?<severity>ERROR|WARNING)\\] (?<path>[^\\s:\\[]+\\.\\w+):\\[(?<line>\\d+),(?<column>\\d+)\\] (?:\\[(?<code>[\\w-]+)\\] )?(?<message>.+)$"),
    KOTLIN("^(?<severity>[ew]): (?:file://)?(?<path>[^\\s:]+\\.kts?):(?<line>\\d+):(?<column>\\d+):? (?<message>.+)$"),
    /// TypeScript and C#.
    PARENTHESES(
            "^\\s*(?<path>[^\\s(:]+\\.\\w+)\\((?<line>\\d+),(?<column>\\d+)\\): (?<severity>error|warning) (?<code>[A-Z]+\\d+): (?<message>.+?)(?: \\[[^\\]]+proj\\])?$"),
    TYPESCRIPT_PRETTY(
            "^(?<path>[^\\s:]+):(?<line>\\d+):(?<column>\\d+) - (?<severity>error|warning) (?<code>TS\\d+): (?<message>.+)$"),
    /// mypy puts its codes into brackets after two blanks; without columns unless asked.
    MYPY(
            "^(?<path>[^\\s:]+\\.pyi?):(?<line>\\d+):(?:(?<column>\\d+):)? (?<severity>error|warning|note): (?<message>.+?)(?:  \\[(?<code>[\\w-]+)\\])?$"),
    JAVAC(
            "^(?<path>[^\\s:]+\\.(?:java|scala|groovy)):(?<line>\\d+): (?<severity>error|warning): (?:\\[(?<code>[\\w-]+)\\] )?(?<message>.+)$"),
    GCC(
            "^(?<path>[^\\s:]+):(?<line>\\d+):(?:(?<column>\\d+):)? (?<severity>fatal error|error|warning|note): (?<message>.+?)(?: \\[(?<code>-W[^\\]]+)\\])?$"),
    RUFF("^(?<path>[^\\s:]+\\.pyi?):(?<line>\\d+):(?<column>\\d+): (?<code>[A-Z]+\\d+) (?:\\[\\*\\] )?(?<message>.+)$"),
    ESLINT_COMPACT(
            "^(?<path>[^:]+): line (?<line>\\d+), col (?<column>\\d+), (?<severity>Error|Warning) - (?<message>.+?)(?: \\((?<code>[@\\w/-]+)\\))?$"),
    GO("^(?:vet: )?(?<path>[^\\s:]+\\.go):(?<line>\\d+):(?<column>\\d+): (?<message>.+)$"),
    RUBY("^(?<path>[^\\s:]+\\.rb):(?<line>\\d+): (?<message>syntax error.+)$"),
    PHP(
            "^(?:PHP )?(?<code>Parse|Fatal) (?<severity>error): +(?<message>.+) in (?<path>\\S+\\.php) on line (?<line>\\d+)$");

    private final Pattern pattern;

    DiagnosticSyntax(String pattern) {
        this.pattern = Pattern.compile(pattern);
    }

    static Optional<Diagnostic> read(String line) {
        for (DiagnosticSyntax each : values()) {
            Optional<Hit> hit = Hit.in(line, each.pattern);
            if (hit.isPresent()) {
                return hit.map(DiagnosticSyntax::diagnostic);
            }
        }
        return Optional.empty();
    }

    private static Diagnostic diagnostic(Hit hit) {
        return new Diagnostic(
                hit.get("path"),
                hit.number("line"),
                hit.number("column"),
                severity(hit.get("severity")),
                hit.get("message").strip(),
                hit.get("code"));
    }

    /// What does not say how bad it is stops the build.
    static Severity severity(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "warning", "w", "warn" -> Severity.WARNING;
            case "note", "info", "help" -> Severity.NOTE;
            default -> Severity.ERROR;
        };
    }
}
