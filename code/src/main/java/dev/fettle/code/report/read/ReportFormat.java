package dev.fettle.code.report.read;

import dev.fettle.code.report.TestReport;
import java.util.Optional;

/// A form in which runners report tests.
interface ReportFormat {
    /// What the text says of tests; empty if it is not in this form. What is cut off says as much as is there.
    Optional<TestReport> read(String text);
}
