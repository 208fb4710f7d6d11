package dev.fettle.providers.embedding;

import dev.fettle.core.memory.Meaning;
import dev.fettle.core.model.TokenEstimate;
import dev.fettle.providers.http.Peer;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The vectors of an answer.
final class Vectors {
    private Vectors() {}

    /// One for each text.
    ///
    /// @throws dev.fettle.core.model.ModelException if there are more or fewer, or what came is none
    static List<Meaning> of(Peer peer, List<String> texts, Stream<JsonNode> vectors) {
        try {
            List<Meaning> meanings =
                    vectors.map(vector -> Meaning.of(floats(vector))).toList();
            if (meanings.size() == texts.size()) {
                return meanings;
            }
            throw peer.garbled("gave %d vectors for %d texts".formatted(meanings.size(), texts.size()));
        } catch (IllegalArgumentException e) {
            throw peer.garbled("gave a vector that is none (%s)".formatted(e.getMessage()));
        }
    }

    private static float[] floats(JsonNode vector) {
        float[] floats = new float[vector.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) vector.path(i).asDouble(Double.NaN);
        }
        return floats;
    }

    /// The tokens of texts, where nobody tells.
    static long estimate(List<String> texts) {
        return texts.stream().mapToLong(TokenEstimate::of).sum();
    }
}
