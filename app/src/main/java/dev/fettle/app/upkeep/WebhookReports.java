package dev.fettle.app.upkeep;

import dev.fettle.core.report.DailyReport;
import dev.fettle.core.report.ReportJson;
import dev.fettle.core.report.ReportSink;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Tells a chat room, by an incoming webhook as Slack, Mattermost, Rocket.Chat and others have it: a POST of
/// `{"text": "…"}`. The address is a secret: whoever knows it may write there.
public final class WebhookReports implements ReportSink {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int FIRST_REFUSAL = 300;

    private final URI address;

    public WebhookReports(URI address) {
        this.address = address;
    }

    /// @throws IllegalStateException if nobody took it
    @Override
    public void accept(DailyReport report) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(ReportJson.message(report)))
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status >= FIRST_REFUSAL) {
                throw new IllegalStateException("ALERT_WEBHOOK answers with status %d".formatted(status));
            }
        } catch (IOException e) {
            throw new IllegalStateException("ALERT_WEBHOOK cannot be reached: %s".formatted(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
