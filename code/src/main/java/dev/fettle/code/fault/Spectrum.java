package dev.fettle.code.fault;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Which lines tests ran that failed, and that passed. A line that all failing tests run, and no passing one,
/// is where to look first (Abreu et al., "On the Accuracy of Spectrum-based Fault Localization", 2007).
public record Spectrum(List<Execution> executions) {
    public static final Spectrum NONE = new Spectrum(List.of());

    /// A test, or several that all passed, and the lines that were run.
    public record Execution(boolean failed, Coverage coverage) {}

    /// How a line fared.
    ///
    /// @param failed failing tests that ran it
    /// @param passed passing ones that did
    /// @param allFailed failing tests in all
    public record Tally(int failed, int passed, int allFailed, int allPassed) {
        /// The coefficient of Ochiai: 0 to 1.
        public double ochiai() {
            double product = (double) allFailed * (failed + passed);
            return product == 0 ? 0 : failed / Math.sqrt(product);
        }
    }

    public Spectrum {
        executions = List.copyOf(executions);
    }

    /// Whether it tells anything: without a passing test, all lines that were run look the same.
    public boolean isTelling() {
        return executions.stream().anyMatch(Execution::failed)
                && executions.stream().anyMatch(each -> !each.failed());
    }

    /// The same with the files' places in the workspace; others are left out.
    public Spectrum placed(Function<String, Optional<String>> place) {
        return new Spectrum(executions.stream()
                .map(each -> new Execution(each.failed(), each.coverage().placed(place)))
                .toList());
    }

    /// The lines that failing tests ran, by file.
    SortedMap<String, BitSet> suspected() {
        SortedMap<String, BitSet> lines = new TreeMap<>();
        executions.stream()
                .filter(Execution::failed)
                .forEach(each -> each.coverage()
                        .lines()
                        .forEach((file, covered) ->
                                lines.computeIfAbsent(file, _ -> new BitSet()).or(covered)));
        return lines;
    }

    public Tally tally(String file, int line) {
        int failed = 0;
        int passed = 0;
        int allFailed = 0;
        for (Execution each : executions) {
            boolean ran = each.coverage().has(file, line);
            allFailed += each.failed() ? 1 : 0;
            failed += each.failed() && ran ? 1 : 0;
            passed += !each.failed() && ran ? 1 : 0;
        }
        return new Tally(failed, passed, allFailed, executions.size() - allFailed);
    }
}
