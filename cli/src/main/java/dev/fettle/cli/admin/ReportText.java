package dev.fettle.cli.admin;

import dev.fettle.core.report.DailyReport;
import java.util.Locale;

/// A daily report for people.
final class ReportText {
    private ReportText() {}

    static String of(DailyReport report) {
        StringBuilder text = new StringBuilder(report.line()).append('\n');
        if (!report.users().isEmpty()) {
            text.append(
                    "\n%-24s %8s %8s %8s %14s %12s%n".formatted("USER", "RUNS", "ERRORS", "CALLS", "TOKENS", "COST"));
        }
        for (DailyReport.UserShare user : report.users()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-24s %8d %8d %8d %,14d %12s%n",
                    user.name(),
                    user.runs(),
                    user.errors(),
                    user.calls(),
                    user.tokens(),
                    user.cost().display()));
        }
        if (!report.slowest().isEmpty()) {
            text.append("\nSLOWEST\n");
        }
        for (DailyReport.SlowRun run : report.slowest()) {
            text.append(String.format(
                    Locale.ROOT, "%s  %-20s %10.1f s%n", run.run(), run.status(), run.durationMs() / 1000.0));
        }
        return text.toString();
    }
}
