package dev.fettle.app.upkeep;

import dev.fettle.core.report.DailyReport;
import dev.fettle.core.report.ReportSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the log.
public final class LoggedReports implements ReportSink {
    private static final Logger LOG = LoggerFactory.getLogger(LoggedReports.class);

    @Override
    public void accept(DailyReport report) {
        LOG.info("The day {}", report.line());
    }
}
