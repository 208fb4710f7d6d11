package dev.fettle.providers.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.memory.Embedding;
import dev.fettle.core.memory.Meaning;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import dev.fettle.providers.catalogue.ModelCatalogue;
import dev.fettle.providers.http.Endpoint;
import dev.fettle.providers.http.KeyHeader;
import dev.fettle.providers.http.Timeouts;
import dev.fettle.providers.http.Wire;
import dev.fettle.testkit.SettableClock;
import dev.fettle.testkit.server.FakeModelServer;
import dev.fettle.testkit.server.Recorded;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EmbeddingTest {
    private static final Model MODEL = new Model("fake", "means-1", 0, 0, Optional.empty());
    private static final List<String> TEXTS = List.of("ab", "c\uD800d\"");

    private final Wire wire = new Wire(Timeouts.DEFAULT, new SettableClock());
    private final FakeModelServer server = FakeModelServer.script().meaning(text -> new float[] {text.length(), 1});

    @AfterEach
    void close() {
        wire.close();
        server.close();
    }

    private static Endpoint endpoint(URI base) {
        return new Endpoint(base, Optional.of("key-1"), "set FAKE_API_KEY");
    }

    private Embedding openAi() {
        return new OpenAiEmbedding(MODEL, endpoint(server.openAiBase()), KeyHeader.BEARER, wire);
    }

    private Embedding gemini() {
        return new GeminiEmbedding(MODEL, endpoint(server.geminiBase()), wire);
    }

    private static List<Meaning> meanings() {
        return List.of(Meaning.of(new float[] {2, 1}), Meaning.of(new float[] {4, 1}));
    }

    @Test
    void openAiGivesAVectorForEachTextInWhateverOrder() throws InterruptedException {
        assertEquals(new Embedding.Reading(meanings(), new Usage(14, 0, 0, 0, 0)), openAi().read("ada", TEXTS));

        Recorded request = server.requests().getFirst();
        assertEquals("/v1/embeddings", request.path());
        assertEquals(Optional.of("Bearer key-1"), request.header("authorization"));
        assertEquals(
                "{\"model\":\"means-1\",\"encoding_format\":\"float\",\"input\":[\"ab\",\"c\uFFFDd\\\"\"]}",
                request.text());
    }

    @Test
    void geminiGivesAVectorForEachTextAndItsTokensAreEstimated() throws InterruptedException {
        Embedding.Reading reading = gemini().read("ada", TEXTS);

        assertEquals(meanings(), reading.meanings());
        assertTrue(reading.usage().inputTokens() > 0);
        Recorded request = server.requests().getFirst();
        assertEquals("/v1beta/models/means-1:batchEmbedContents", request.path());
        assertEquals(Optional.of("key-1"), request.header("x-goog-api-key"));
        assertEquals(
                "{\"model\":\"models/means-1\",\"content\":{\"parts\":[{\"text\":\"ab\"}]}}",
                request.json().path("requests").path(0).toString());
    }

    @Test
    void aServerThatKnowsNoMeaningsSaysSo() {
        try (FakeModelServer plain = FakeModelServer.script()) {
            ModelException failure = assertThrows(
                    ModelException.class,
                    () -> new OpenAiEmbedding(MODEL, endpoint(plain.openAiBase()), KeyHeader.BEARER, wire)
                            .read("ada", TEXTS));
            assertEquals(ModelException.Kind.INVALID_REQUEST, failure.kind());
            assertTrue(failure.getMessage().contains("no such path: /v1/embeddings"), failure.getMessage());
        }
    }

    @Test
    void whatIsNoVectorIsAFailure() {
        server.meaning(_ -> new float[0]);
        ModelException failure = assertThrows(ModelException.class, () -> openAi().read("ada", TEXTS));
        assertTrue(failure.getMessage().contains("gave a vector that is none"), failure.getMessage());
        assertThrows(ModelException.class, () -> gemini().read("ada", TEXTS));
    }

    @Test
    void thePriceIsInTheCatalogue() {
        Usage million = new Usage(1_000_000, 0, 0, 0, 0);
        String own = "{\"models\":{},\"embeddings\":{\"ollama\":{\"nomic\":{\"price\":\"0.5\"}}}}";
        ModelCatalogue catalogue = new ModelCatalogue(() -> Optional.of(own));

        assertEquals(
                Money.of("0.02"),
                catalogue.findEmbedding("openai", "text-embedding-3-small").cost(million));
        assertEquals(Money.of("0.5"), catalogue.findEmbedding("ollama", "nomic").cost(million));
        assertEquals(
                Optional.empty(), catalogue.findEmbedding("ollama", "other").price());
    }
}
