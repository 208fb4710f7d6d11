package dev.fettle.providers.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// An address that takes messages, as chat rooms have it. The address is a secret: whoever knows it may write there.
public record Webhook(URI address) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int FIRST_REFUSAL = 300;

    /// Posts a JSON document, once.
    ///
    /// @throws IOException if nobody took it; the message does not name the address
    public void post(String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status >= FIRST_REFUSAL) {
                throw new IOException("the answer has status %d".formatted(status));
            }
        }
    }
}
