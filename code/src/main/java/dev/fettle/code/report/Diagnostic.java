package dev.fettle.code.report;

import java.util.Locale;

/// What a compiler or linter says of a place.
///
/// @param path in the workspace if it is there, else as written
/// @param column counted from 1; 0 if it is not said
/// @param code the rule or error number; empty if there is none
public record Diagnostic(String path, int line, int column, Severity severity, String message, String code) {
    public enum Severity {
        ERROR,
        WARNING,
        NOTE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    public Diagnostic at(String place) {
        return new Diagnostic(place, line, column, severity, message, code);
    }

    @Override
    public String toString() {
        return "%s:%d%s: %s: %s%s"
                .formatted(
                        path,
                        line,
                        column == 0 ? "" : ":" + column,
                        severity.word(),
                        message,
                        code.isEmpty() ? "" : " [" + code + "]");
    }
}
