package dev.fettle.providers.responses;

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
import java.util.function.Consumer;

/// Speaks the Responses API, streamed (developers.openai.com/api/reference/resources/responses). Nothing is stored
/// at the provider and no earlier response is referred to: each request carries the whole conversation, reasoning
/// included, which comes encrypted and goes back as it came. So a session can be resumed, branched or moved to
/// another account, and what is kept of it is kept here.
public final class OpenAiResponses implements ModelProvider {
    /// Marks the reasoning blocks that only this dialect can read.
    static final String DIALECT = "openai-responses";

    private final Endpoint endpoint;
    private final KeyHeader keyHeader;
    private final Wire wire;

    /// A client of OpenAI.
    ///
    /// @param endpoint its base is what comes before `/responses`, such as `https://api.openai.com/v1`
    public OpenAiResponses(Endpoint endpoint, Wire wire) {
        this(endpoint, KeyHeader.BEARER, wire);
    }

    /// A client of a server that wants its key elsewhere, such as Azure's `https://name.openai.azure.com/openai/v1`.
    public OpenAiResponses(Endpoint endpoint, KeyHeader keyHeader, Wire wire) {
        this.endpoint = endpoint;
        this.keyHeader = keyHeader;
        this.wire = wire;
    }

    @Override
    public ModelResponse complete(ModelRequest request, Consumer<Delta> deltas) throws InterruptedException {
        Peer peer = new Peer(endpoint, request.model());
        return wire.exchange(
                peer,
                "/responses",
                keyHeader.of(endpoint),
                BodyPublishers.ofByteArray(ResponsesRequest.body(request.asTaken())),
                new Announced(new ResponsesAnswer(peer, deltas), deltas));
    }
}
