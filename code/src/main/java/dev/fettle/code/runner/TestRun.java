package dev.fettle.code.runner;

import dev.fettle.code.report.Reading;
import dev.fettle.code.report.TestReport;
import dev.fettle.core.workspace.Shell;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A command that was run, and what it says.
///
/// @param command as a person would type it
/// @param output its beginning and end, bounded
/// @param fullOutput the file with all of it, where it was cut
/// @param files that it left, reports of tests and of coverage
/// @param remarks on what kept it from working, with what to do, a sentence each
public record TestRun(
        String command,
        Shell.End end,
        Duration duration,
        String output,
        Optional<String> fullOutput,
        Reading reading,
        List<ReportFile> files,
        List<String> remarks) {
    public TestRun {
        files = List.copyOf(files);
        remarks = List.copyOf(remarks);
    }

    /// What a run amounts to.
    public enum Standing {
        /// Tests were run and found nothing, or whatever ran ended well.
        PASSED,
        FAILED,
        /// It never came to the tests: something does not compile.
        BROKEN_BUILD,
        /// It ended badly without a word about tests.
        BROKEN,
        NO_TESTS,
        /// It was stopped: too long, too large.
        STOPPED
    }

    public Standing standing() {
        boolean hasTests = reading.tests().filter(tests -> tests.total() > 0).isPresent();
        boolean isClean = reading.tests().map(TestReport::isClean).orElse(true);
        return switch (end) {
            case Shell.End.Exited(int code) -> {
                if (!isClean) {
                    yield Standing.FAILED;
                }
                if (code == 0) {
                    yield reading.tests().isPresent() && !hasTests ? Standing.NO_TESTS : Standing.PASSED;
                }
                yield !reading.errors().isEmpty()
                        ? Standing.BROKEN_BUILD
                        : isNoTests(code) ? Standing.NO_TESTS : Standing.BROKEN;
            }
            case Shell.End.TimedOut _, Shell.End.OutOfMemory _, Shell.End.TooManyProcesses _ -> Standing.STOPPED;
        };
    }

    public boolean hasPassed() {
        return standing() == Standing.PASSED;
    }

    /// pytest and unittest (since Python 3.12) have an exit code for that.
    private boolean isNoTests(int code) {
        return code == 5 && (output.contains("no tests ran") || output.contains("NO TESTS RAN"));
    }
}
