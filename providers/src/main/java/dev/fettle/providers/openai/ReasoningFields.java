package dev.fettle.providers.openai;

import dev.fettle.core.message.ContentBlock;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reasoning while it arrives, in the fields that servers have added to the API: `reasoning_content` (DeepSeek
/// and others), `reasoning` (vLLM), `reasoning_details` (OpenRouter). It goes back under the name it came by,
/// which DeepSeek insists on wherever tools were called. Details, where there are any, say it all.
final class ReasoningFields {
    private static final List<String> PLAIN = List.of("reasoning_content", "reasoning");

    private final StringBuilder text = new StringBuilder();
    private final ArrayNode details = JsonNodeFactory.instance.arrayNode();
    private String field = "";

    /// Takes a chunk's `delta` and returns what can be shown of its reasoning.
    String accept(JsonNode delta) {
        for (JsonNode detail : delta.path("reasoning_details")) {
            add(detail);
        }
        for (String name : PLAIN) {
            JsonNode piece = delta.path(name);
            if (piece.isString() && !piece.asString().isEmpty() && (field.isEmpty() || field.equals(name))) {
                field = name;
                text.append(piece.asString());
                return piece.asString();
            }
        }
        return "";
    }

    /// All of it, or nothing if there was none.
    Optional<ContentBlock> block(String dialect) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        if (!details.isEmpty()) {
            fields.set("reasoning_details", details);
        } else if (!field.isEmpty()) {
            fields.put(field, text.toString());
        } else {
            return Optional.empty();
        }
        return Optional.of(new ContentBlock.Reasoning(text.toString(), dialect, fields.toString()));
    }

    /// Pieces of one detail share its `index` and `type`: their texts are joined, their other fields completed.
    private void add(JsonNode detail) {
        if (!(detail instanceof ObjectNode piece)) {
            return;
        }
        Optional<ObjectNode> open = details.isEmpty() ? Optional.empty() : same(details.get(details.size() - 1), piece);
        if (open.isEmpty()) {
            details.add(piece.deepCopy());
            return;
        }
        ObjectNode begun = open.get();
        piece.forEachEntry((name, value) -> {
            boolean grows = name.equals("text") || name.equals("summary") || name.equals("data");
            if (grows && value.isString()) {
                begun.put(name, begun.path(name).asString("") + value.asString());
            } else if (!value.isNull()) {
                begun.set(name, value);
            }
        });
    }

    private static Optional<ObjectNode> same(JsonNode last, ObjectNode piece) {
        boolean isSame = piece.hasNonNull("index")
                && piece.path("index").equals(last.path("index"))
                && piece.path("type").equals(last.path("type"));
        return isSame && last instanceof ObjectNode begun ? Optional.of(begun) : Optional.empty();
    }
}
