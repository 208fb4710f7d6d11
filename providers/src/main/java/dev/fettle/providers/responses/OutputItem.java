package dev.fettle.providers.responses;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.ToolCall;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// One item of a response while it arrives: a message, reasoning, or a call. Its last event brings all of it again;
/// of an item that was cut off there is what had grown.
final class OutputItem {
    private static final String PARAGRAPH = "\n\n";

    private final StringBuilder grown = new StringBuilder();
    private JsonNode item;
    private boolean isDone;

    OutputItem(JsonNode begun) {
        this.item = begun;
    }

    /// Takes a piece and returns it.
    String grown(JsonNode piece) {
        String text = piece.asString("");
        grown.append(text);
        return text;
    }

    /// Begins another part of a summary and returns what stands between it and the one before.
    String separated() {
        if (grown.isEmpty()) {
            return "";
        }
        grown.append(PARAGRAPH);
        return PARAGRAPH;
    }

    void done(JsonNode whole) {
        item = whole;
        isDone = true;
    }

    boolean isRefusal() {
        return item.path("content").valueStream().anyMatch(OutputItem::isRefusal);
    }

    private static boolean isRefusal(JsonNode part) {
        return part.path("type").asString("").equals("refusal");
    }

    Optional<ContentBlock> block() {
        return switch (item.path("type").asString("")) {
            case "message" ->
                Optional.of(text()).filter(text -> !text.isEmpty()).map(ContentBlock.Text::new);
            case "reasoning" -> Optional.of(new ContentBlock.Reasoning(summary(), OpenAiResponses.DIALECT, verbatim()));
            case "function_call" ->
                Optional.of(new ToolCall(
                        item.path("call_id").asString(""), item.path("name").asString(""), arguments()));
            default -> Optional.empty();
        };
    }

    private String text() {
        if (!isDone) {
            return grown.toString();
        }
        return item.path("content")
                .valueStream()
                .map(part -> part.path(isRefusal(part) ? "refusal" : "text").asString(""))
                .collect(Collectors.joining());
    }

    private String summary() {
        if (!isDone || item.path("summary").isEmpty()) {
            return grown.toString();
        }
        return item.path("summary")
                .valueStream()
                .map(part -> part.path("text").asString(""))
                .collect(Collectors.joining(PARAGRAPH));
    }

    /// The server has not kept it, so without its encrypted form it cannot be sent back.
    private String verbatim() {
        return isDone && item.path("encrypted_content").isString() ? item.toString() : "";
    }

    private String arguments() {
        String whole = isDone ? item.path("arguments").asString("") : grown.toString();
        return whole.isEmpty() ? "{}" : whole;
    }
}
