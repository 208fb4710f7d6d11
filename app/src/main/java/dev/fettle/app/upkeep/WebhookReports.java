package dev.fettle.app.upkeep;

import dev.fettle.core.report.DailyReport;
import dev.fettle.core.report.ReportJson;
import dev.fettle.core.report.ReportSink;
import dev.fettle.providers.http.Webhook;
import java.io.IOException;

/// Tells a chat room, by an incoming webhook as Slack, Mattermost, Rocket.Chat and others have it.
public record WebhookReports(Webhook room) implements ReportSink {

    /// @throws IllegalStateException if nobody took it
    @Override
    public void accept(DailyReport report) {
        try {
            room.post(ReportJson.message(report));
        } catch (IOException e) {
            throw new IllegalStateException("ALERT_WEBHOOK does not take it: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
