package dev.fettle.core.report;

/// Whoever wants to know what a day came to. Told once for each day, by one process of all; may block. What
/// it throws is logged, and the report is not told again.
@FunctionalInterface
public interface ReportSink {
    void accept(DailyReport report);
}
