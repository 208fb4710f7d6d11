package dev.fettle.providers.gemini;

import dev.fettle.core.message.Message;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.providers.http.Announced;
import dev.fettle.providers.http.Endpoint;
import dev.fettle.providers.http.KeyHeader;
import dev.fettle.providers.http.Peer;
import dev.fettle.providers.http.Wire;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Speaks `generateContent`, streamed (ai.google.dev/api/generate-content, version v1beta).
public final class Gemini implements ModelProvider {
    /// Marks the reasoning blocks that only this dialect can read.
    static final String DIALECT = "gemini";

    private final Endpoint endpoint;
    private final Wire wire;

    /// A client of one server.
    ///
    /// @param endpoint its base is what comes before `/models/…`, with the version, such as `/v1beta`, at its end
    public Gemini(Endpoint endpoint, Wire wire) {
        this.endpoint = endpoint;
        this.wire = wire;
    }

    @Override
    public ModelResponse complete(ModelRequest request, Consumer<Delta> deltas) throws InterruptedException {
        Peer peer = new Peer(endpoint, request.model());
        String id = URLEncoder.encode(request.model().id(), StandardCharsets.UTF_8);
        return wire.exchange(
                peer,
                "/models/" + id + ":streamGenerateContent?alt=sse",
                KeyHeader.X_GOOG_API_KEY.of(endpoint),
                BodyPublishers.ofByteArray(GeminiRequest.body(request.asTaken())),
                new Announced(new GeminiAnswer(peer, deltas, new CallIds(callsIn(request))), deltas));
    }

    private static int callsIn(ModelRequest request) {
        return request.messages().stream()
                .mapToInt(message ->
                        message instanceof Message.Assistant said ? said.calls().size() : 0)
                .sum();
    }
}
