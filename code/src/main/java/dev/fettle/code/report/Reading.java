package dev.fettle.code.report;

import java.util.List;
import java.util.Optional;

/// All that was understood of an output. Everything is bounded.
///
/// @param tests empty if nothing says that tests were run
/// @param traces of errors anywhere in it, those of failing tests too
public record Reading(Optional<TestReport> tests, List<Diagnostic> diagnostics, List<Trace> traces) {
    public static final Reading NOTHING = new Reading(Optional.empty(), List.of(), List.of());

    public Reading {
        diagnostics = List.copyOf(diagnostics);
        traces = List.copyOf(traces);
    }

    public List<Diagnostic> errors() {
        return diagnostics.stream().filter(Diagnostic::isError).toList();
    }

    public List<FailedTest> failures() {
        return tests.map(TestReport::failures).orElse(List.of());
    }
}
