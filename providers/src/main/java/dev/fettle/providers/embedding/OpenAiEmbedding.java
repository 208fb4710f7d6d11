package dev.fettle.providers.embedding;

import dev.fettle.core.memory.Embedding;
import dev.fettle.core.memory.Meaning;
import dev.fettle.core.model.Model;
import dev.fettle.core.usage.Usage;
import dev.fettle.providers.http.Endpoint;
import dev.fettle.providers.http.KeyHeader;
import dev.fettle.providers.http.Peer;
import dev.fettle.providers.http.Wire;
import dev.fettle.providers.json.Json;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Speaks OpenAI's embeddings (developers.openai.com/api/reference/resources/embeddings), as OpenAI, Azure, OpenRouter,
/// Ollama, vLLM, LM Studio and many others serve them.
///
/// @param endpoint its base is what comes before `/embeddings`, such as `https://api.openai.com/v1`
public record OpenAiEmbedding(Model model, Endpoint endpoint, KeyHeader keyHeader, Wire wire) implements Embedding {

    @Override
    public Reading read(String user, List<String> texts) throws InterruptedException {
        Peer peer = new Peer(endpoint, model);
        JsonNode answer =
                wire.ask(peer, "/embeddings", keyHeader.of(endpoint), BodyPublishers.ofByteArray(Json.bytes(body -> {
                    body.writeStartObject();
                    body.writeStringProperty("model", model.id());
                    body.writeStringProperty("encoding_format", "float");
                    body.writeArrayPropertyStart("input");
                    texts.forEach(text -> body.writeString(Json.wellFormed(text)));
                    body.writeEndArray();
                    body.writeEndObject();
                })));
        List<Meaning> meanings = Vectors.of(
                peer,
                texts,
                answer.path("data")
                        .valueStream()
                        .sorted(Comparator.comparingInt(
                                each -> each.path("index").asInt(0)))
                        .map(each -> each.path("embedding")));
        long tokens = answer.path("usage").path("prompt_tokens").asLong(Vectors.estimate(texts));
        return new Reading(meanings, new Usage(tokens, 0, 0, 0, 0));
    }
}
