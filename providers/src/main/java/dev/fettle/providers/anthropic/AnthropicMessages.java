package dev.fettle.providers.anthropic;

import dev.fettle.core.model.Delta;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.providers.http.Announced;
import dev.fettle.providers.http.Endpoint;
import dev.fettle.providers.http.KeyHeader;
import dev.fettle.providers.http.Peer;
import dev.fettle.providers.http.Wire;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Speaks the Messages API, streamed (platform.claude.com/docs/en/api/messages, version 2023-06-01).
public final class AnthropicMessages implements ModelProvider {
    /// Marks the reasoning blocks that only this dialect can read.
    static final String DIALECT = "anthropic";

    private final Endpoint endpoint;
    private final Wire wire;

    /// A client of one server.
    ///
    /// @param endpoint its base is what comes before `/v1/messages`
    public AnthropicMessages(Endpoint endpoint, Wire wire) {
        this.endpoint = endpoint;
        this.wire = wire;
    }

    @Override
    public ModelResponse complete(ModelRequest request, Consumer<Delta> deltas) throws InterruptedException {
        Peer peer = new Peer(endpoint, request.model());
        return wire.exchange(
                peer,
                "/v1/messages",
                headers(),
                BodyPublishers.ofByteArray(AnthropicRequest.body(request.asTaken())),
                new Announced(new AnthropicAnswer(peer, deltas), deltas));
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>(KeyHeader.X_API_KEY.of(endpoint));
        headers.put("anthropic-version", "2023-06-01");
        return headers;
    }
}
