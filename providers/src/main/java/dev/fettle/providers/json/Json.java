package dev.fettle.providers.json;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reading of answers and writing of request bodies. Bodies are streamed, never built as a tree: the same
/// conversation gives the same bytes, and a long one costs one pass.
public final class Json {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {}

    /// A JSON text as a tree.
    ///
    /// @throws tools.jackson.core.JacksonException if it is not JSON
    public static JsonNode parse(String json) {
        return MAPPER.readTree(json);
    }

    /// The UTF-8 bytes of what `content` writes.
    public static byte[] bytes(Consumer<JsonGenerator> content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(16_384);
        try (JsonGenerator generator = MAPPER.createGenerator(out)) {
            content.accept(generator);
        }
        return out.toByteArray();
    }

    /// A string as a JSON literal, quotes included.
    public static String quoted(String text) {
        return MAPPER.writeValueAsString(wellFormed(text));
    }

    /// The text with every lone surrogate replaced: such a half character, left behind where something was
    /// cut, has no UTF-8 form and would spoil the request.
    public static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) {
                continue;
            }
            if (Character.isHighSurrogate(text.charAt(i))
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            return replacedFrom(i, text);
        }
        return text;
    }

    private static String replacedFrom(int first, String text) {
        StringBuilder repaired = new StringBuilder(text.length()).append(text, 0, first);
        text.substring(first)
                .codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
                .forEach(repaired::appendCodePoint);
        return repaired.toString();
    }
}
