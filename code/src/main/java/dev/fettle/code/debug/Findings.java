package dev.fettle.code.debug;

import dev.fettle.code.fault.Suspect;
import dev.fettle.code.report.FailedTest;
import dev.fettle.code.report.Reading;
import dev.fettle.code.runner.TestRun;
import java.util.List;
import java.util.Optional;

/// What was found out about a complaint.
///
/// @param run empty if nothing was run
/// @param suspects the most suspicious line first
/// @param excerpts the code around them
/// @param notes on what was done and what was not possible, a sentence each
public record Findings(
        Complaint complaint,
        Verdict verdict,
        Subject subject,
        Optional<TestRun> run,
        Reading reading,
        List<Suspect> suspects,
        List<Excerpt> excerpts,
        List<String> notes) {
    public Findings {
        suspects = List.copyOf(suspects);
        excerpts = List.copyOf(excerpts);
        notes = List.copyOf(notes);
    }

    public enum Verdict {
        /// It fails here, too.
        REPRODUCED,
        /// Only what was said of it is known.
        READ,
        /// Something does not compile, so nothing else can be seen yet.
        BROKEN_BUILD,
        /// What was run ends well.
        NOTHING_FAILS,
        /// There is nothing that could be run.
        NO_TESTS,
        /// It was stopped before it said anything: it hangs, or takes too much.
        STOPPED
    }

    public List<FailedTest> failures() {
        return reading.failures();
    }

    /// Whether there is a failure to go after.
    public boolean hasFailure() {
        return switch (verdict) {
            case REPRODUCED, READ, BROKEN_BUILD, STOPPED -> true;
            case NOTHING_FAILS, NO_TESTS -> false;
        };
    }
}
