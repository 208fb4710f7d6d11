package dev.fettle.code.debug;

import dev.fettle.code.fault.Suspect;
import dev.fettle.code.report.Diagnostic;
import dev.fettle.code.report.FailedTest;
import dev.fettle.code.report.Frame;
import dev.fettle.code.report.Trace;
import dev.fettle.code.runner.TestRun;
import dev.fettle.code.runner.TestRunText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Findings in words: what people are shown, and what a model is told first.
public final class FindingsText {
    private static final int MOST_TRACES = 5;
    private static final int MOST_FRAMES = 6;

    private FindingsText() {}

    public static String of(Findings findings) {
        List<String> parts = new ArrayList<>();
        parts.add(verdict(findings));
        findings.run().map(TestRunText::of).ifPresentOrElse(parts::add, () -> parts.addAll(read(findings)));
        if (!findings.suspects().isEmpty()) {
            parts.add("Suspicious lines, the most suspicious first:\n" + suspects(findings.suspects()));
        }
        if (findings.suspects().isEmpty() && findings.hasFailure()) {
            parts.add("No line of this workspace stands out.");
        }
        findings.excerpts().forEach(excerpt -> parts.add(excerpt.toString()));
        if (!findings.notes().isEmpty()) {
            parts.add(String.join("\n", findings.notes()));
        }
        return String.join("\n\n", parts);
    }

    private static String verdict(Findings findings) {
        return switch (findings.verdict()) {
            case REPRODUCED ->
                findings.complaint() instanceof Complaint.Tests && isWordless(findings)
                        ? "It ends badly before it says anything of tests."
                        : "The failure was reproduced.";
            case READ -> "Nothing was run; this is what the text says.";
            case BROKEN_BUILD -> "The build is broken, before any test could fail.";
            case NOTHING_FAILS -> "Nothing fails here.";
            case NO_TESTS -> "There are no tests to fail.";
            case STOPPED -> "It did not end by itself.";
        };
    }

    private static boolean isWordless(Findings findings) {
        return findings.run()
                .filter(run -> run.standing() == TestRun.Standing.BROKEN)
                .isPresent();
    }

    /// Of a text, what was understood.
    private static List<String> read(Findings findings) {
        List<String> parts = new ArrayList<>();
        findings.failures().stream()
                .map(FailedTest::test)
                .map(test -> "FAILED " + test)
                .forEach(parts::add);
        findings.reading().errors().stream().limit(20).map(Diagnostic::toString).forEach(parts::add);
        for (Trace trace :
                findings.reading().traces().stream().limit(MOST_TRACES).toList()) {
            List<String> lines = new ArrayList<>();
            lines.add(trace.error().isEmpty() ? "An error" : trace.error());
            trace.frames().stream()
                    .filter(Frame::isOurs)
                    .limit(MOST_FRAMES)
                    .map(frame -> "  at " + frame)
                    .forEach(lines::add);
            parts.add(String.join("\n", lines));
        }
        return parts;
    }

    private static String suspects(List<Suspect> suspects) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < suspects.size(); i++) {
            Suspect each = suspects.get(i);
            lines.add("%2d. %s:%d  %s  %s"
                    .formatted(
                            i + 1,
                            each.path(),
                            each.line(),
                            String.format(Locale.ROOT, "%.2f", each.score()),
                            String.join("; ", each.reasons())));
        }
        return String.join("\n", lines);
    }
}
