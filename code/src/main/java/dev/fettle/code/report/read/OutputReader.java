package dev.fettle.code.report.read;

import dev.fettle.code.report.Reading;
import dev.fettle.code.report.TestReport;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads what a command printed and the report files it left, whatever tools took part. Nothing that a program prints
/// makes this fail, look anywhere else, or take more than a bounded time.
public final class OutputReader {
    private static final List<Format> FILES = List.of(new JUnitXml(), new JestJson(), new GoTestJson(), new Tap());

    /// A form in which runners report tests.
    interface Format {
        /// What the text says of tests; empty if it is not in this form. What is cut off says as much as is there.
        Optional<TestReport> read(String text);
    }

    private OutputReader() {}

    /// Report files are believed before the text, for they say more.
    ///
    /// @param reports the content of report files, each perhaps cut off
    public static Reading read(String output, List<String> reports) {
        List<String> lines = Lines.of(output);
        Optional<TestReport> tests = all(reports.stream().map(OutputReader::structured))
                .filter(report -> report.total() > 0)
                .or(() -> structured(output))
                .or(() -> all(TextFormats.ALL.stream().map(format -> format.read(lines))));
        return new Reading(tests, Diagnostics.in(lines), StackTraces.in(lines));
    }

    /// Reads a text of which nothing is known.
    public static Reading read(String output) {
        return read(output, List.of());
    }

    private static Optional<TestReport> structured(String text) {
        return FILES.stream()
                .map(format -> format.read(text))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<TestReport> all(Stream<Optional<TestReport>> reports) {
        return reports.flatMap(Optional::stream).reduce(TestReport::plus);
    }
}
