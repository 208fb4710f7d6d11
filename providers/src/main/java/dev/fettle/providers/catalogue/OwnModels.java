package dev.fettle.providers.catalogue;

import dev.fettle.providers.json.Json;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Lays what a user's own `models.json` says over what Fettle knows. Such a file need only have what differs:
/// `{"models": {"openai": {"gpt-5": {"price": {"input": "1", "output": "8"}}}}}`.
final class OwnModels {
    private static final List<String> CACHE_PRICES = List.of("cache_read", "cache_write");
    private static final List<String> PRICES = List.of("input", "cache_read", "cache_write", "output");
    private static final List<String> LONG_PROMPT = List.of("above", "input_times", "output_times");

    private OwnModels() {}

    /// Both, the user's file above.
    ///
    /// @throws IllegalArgumentException if the text does not say what it should
    static JsonNode over(JsonNode known, String text) {
        JsonNode own = parsed(text);
        for (var provider : own.path("models").properties()) {
            for (var model : provider.getValue().properties()) {
                if (model.getValue().path("price") instanceof ObjectNode price) {
                    complete(price, provider.getKey() + "/" + model.getKey());
                }
            }
        }
        return merged(known, own);
    }

    private static JsonNode parsed(String text) {
        try {
            JsonNode own = Json.parse(text);
            if (own.path("models").isObject()) {
                return own;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("it has no object `models`");
    }

    /// Whoever tells a price tells all of it: what is left out of the cache's is as dear as other input.
    private static void complete(ObjectNode price, String model) {
        for (String kind : CACHE_PRICES) {
            if (!price.has(kind)) {
                price.set(kind, price.path("input"));
            }
        }
        PRICES.forEach(kind -> requireNumber(price, kind, model));
        if (price.path("long") instanceof ObjectNode longer) {
            LONG_PROMPT.forEach(kind -> requireNumber(longer, kind, model));
        }
    }

    private static void requireNumber(ObjectNode object, String name, String model) {
        try {
            if (new BigDecimal(object.path(name).asString("")).signum() >= 0) {
                return;
            }
        } catch (NumberFormatException e) {
            // Answered below, together with negative ones.
        }
        throw new IllegalArgumentException(
                "in the price of %s, `%s` must be a number such as \"0.25\"".formatted(model, name));
    }

    private static JsonNode merged(JsonNode below, JsonNode above) {
        boolean isPrice = above.has("input");
        if (isPrice || !(below instanceof ObjectNode base) || !(above instanceof ObjectNode top)) {
            return above;
        }
        ObjectNode both = base.deepCopy();
        top.properties()
                .forEach(each -> both.set(
                        each.getKey(),
                        base.has(each.getKey()) ? merged(base.path(each.getKey()), each.getValue()) : each.getValue()));
        return both;
    }
}
