package dev.fettle.code.debug;

import dev.fettle.code.runner.TestRun;
import dev.fettle.code.runner.TestRunText;
import java.util.ArrayList;
import java.util.List;

/// What became of a failure: what failed was run again, and then everything.
///
/// @param again of what failed
/// @param all empty if that was everything already, or it failed again
public record Verification(List<TestRun> again, List<TestRun> all) {
    public Verification {
        again = List.copyOf(again);
        all = List.copyOf(all);
    }

    /// Whether something was run at all.
    public boolean isPossible() {
        return !again.isEmpty() || !all.isEmpty();
    }

    public boolean hasPassed() {
        return isPossible()
                && again.stream().allMatch(TestRun::hasPassed)
                && all.stream().allMatch(TestRun::hasPassed);
    }

    /// In words for people.
    public String text() {
        if (!isPossible()) {
            return "Nothing could be run to verify it.";
        }
        List<String> parts = new ArrayList<>();
        again.forEach(run -> parts.add((run.hasPassed() ? "Failed before: " : "Still: ") + words(run)));
        all.forEach(run -> parts.add("Everything: " + words(run)));
        return String.join("\n", parts);
    }

    private static String words(TestRun run) {
        return run.hasPassed() ? TestRunText.summary(run) + "\n  $ " + run.command() : TestRunText.of(run);
    }
}
