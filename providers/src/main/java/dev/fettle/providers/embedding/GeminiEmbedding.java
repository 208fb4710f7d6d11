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
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Speaks `batchEmbedContents` (ai.google.dev/api/embeddings, version v1beta), which need not tell how many tokens it
/// took.
///
/// @param endpoint its base is what comes before `/models/…`, with the version, such as `/v1beta`, at its end
public record GeminiEmbedding(Model model, Endpoint endpoint, Wire wire) implements Embedding {

    @Override
    public Reading read(String user, List<String> texts) throws InterruptedException {
        Peer peer = new Peer(endpoint, model);
        JsonNode answer = wire.ask(
                peer,
                "/models/%s:batchEmbedContents".formatted(URLEncoder.encode(model.id(), StandardCharsets.UTF_8)),
                KeyHeader.X_GOOG_API_KEY.of(endpoint),
                BodyPublishers.ofByteArray(Json.bytes(body -> {
                    body.writeStartObject();
                    body.writeArrayPropertyStart("requests");
                    for (String text : texts) {
                        body.writeStartObject();
                        body.writeStringProperty("model", "models/" + model.id());
                        body.writeObjectPropertyStart("content");
                        body.writeArrayPropertyStart("parts");
                        body.writeStartObject();
                        body.writeStringProperty("text", Json.wellFormed(text));
                        body.writeEndObject();
                        body.writeEndArray();
                        body.writeEndObject();
                        body.writeEndObject();
                    }
                    body.writeEndArray();
                    body.writeEndObject();
                })));
        List<Meaning> meanings =
                Vectors.of(peer, texts, answer.path("embeddings").valueStream().map(each -> each.path("values")));
        long tokens = answer.path("usageMetadata").path("promptTokenCount").asLong(Vectors.estimate(texts));
        return new Reading(meanings, new Usage(tokens, 0, 0, 0, 0));
    }
}
