package dev.fettle.providers.openai;

import dev.fettle.core.model.Delta;
import dev.fettle.core.model.Model;
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

/// Speaks Chat Completions, streamed (developers.openai.com/api/reference/resources/chat), as OpenAI, DeepSeek,
/// OpenRouter, Ollama, vLLM, llama.cpp and many others serve it.
public final class OpenAiChat implements ModelProvider {
    private final Endpoint endpoint;
    private final KeyHeader keyHeader;
    private final Wire wire;

    /// A client of one server.
    ///
    /// @param endpoint its base is what comes before `/chat/completions`, such as `https://api.openai.com/v1`
    public OpenAiChat(Endpoint endpoint, Wire wire) {
        this(endpoint, KeyHeader.BEARER, wire);
    }

    /// A client of a server that wants its key elsewhere than in `Authorization`.
    public OpenAiChat(Endpoint endpoint, KeyHeader keyHeader, Wire wire) {
        this.endpoint = endpoint;
        this.keyHeader = keyHeader;
        this.wire = wire;
    }

    @Override
    public ModelResponse complete(ModelRequest request, Consumer<Delta> deltas) throws InterruptedException {
        Peer peer = new Peer(endpoint, request.model());
        return wire.exchange(
                peer,
                "/chat/completions",
                keyHeader.of(endpoint),
                BodyPublishers.ofByteArray(OpenAiRequest.body(request.asTaken())),
                new Announced(new OpenAiAnswer(peer, deltas), deltas));
    }

    /// Marks reasoning blocks. The API has no common form for them, so each provider reads only its own.
    static String dialect(Model model) {
        return "openai-chat/" + model.provider();
    }
}
