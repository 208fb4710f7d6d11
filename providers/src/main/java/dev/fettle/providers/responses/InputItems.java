package dev.fettle.providers.responses;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Image;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.providers.json.CallArguments;
import dev.fettle.providers.json.Json;
import dev.fettle.providers.json.LegalName;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Writes a conversation as the API's list of items: what is one message with us is several of them.
final class InputItems {
    private final JsonGenerator json;

    InputItems(JsonGenerator json) {
        this.json = json;
    }

    void write(Message message) {
        switch (message) {
            case Message.User user -> writeUser(user);
            case Message.Assistant assistant -> acceptable(assistant.content()).forEach(this::writeBlock);
            case Message.Results results -> results.results().forEach(this::writeResult);
        }
    }

    private void writeUser(Message.User user) {
        json.writeStartObject();
        json.writeStringProperty("type", "message");
        json.writeStringProperty("role", "user");
        json.writeArrayPropertyStart("content");
        if (!user.text().isBlank() || user.images().isEmpty()) {
            writeText("input_text", user.text());
        }
        user.images().forEach(this::writeImage);
        json.writeEndArray().writeEndObject();
    }

    /// What the API takes back: reasoning only of its own, encrypted, and followed by what it led to.
    private static List<ContentBlock> acceptable(List<ContentBlock> content) {
        List<ContentBlock> blocks = new ArrayList<>();
        for (ContentBlock block : content) {
            boolean isAcceptable = switch (block) {
                case ContentBlock.Text text -> !text.text().isBlank();
                case ContentBlock.Reasoning reasoning ->
                    reasoning.dialect().equals(OpenAiResponses.DIALECT)
                            && !reasoning.verbatim().isEmpty();
                case ToolCall _ -> true;
            };
            if (isAcceptable) {
                blocks.add(block);
            }
        }
        while (!blocks.isEmpty() && blocks.getLast() instanceof ContentBlock.Reasoning) {
            blocks.removeLast();
        }
        return blocks;
    }

    private void writeBlock(ContentBlock block) {
        switch (block) {
            case ContentBlock.Text text -> {
                json.writeStartObject();
                json.writeStringProperty("type", "message");
                json.writeStringProperty("role", "assistant");
                json.writeArrayPropertyStart("content");
                writeText("output_text", text.text());
                json.writeEndArray().writeEndObject();
            }
            case ContentBlock.Reasoning reasoning -> json.writeRawValue(reasoning.verbatim());
            case ToolCall call -> {
                json.writeStartObject();
                json.writeStringProperty("type", "function_call");
                json.writeStringProperty("call_id", LegalName.of(call.id()));
                json.writeStringProperty("name", LegalName.of(call.name()));
                json.writeStringProperty("arguments", CallArguments.object(call.arguments()));
                json.writeEndObject();
            }
        }
    }

    private void writeResult(ToolResult result) {
        json.writeStartObject();
        json.writeStringProperty("type", "function_call_output");
        json.writeStringProperty("call_id", LegalName.of(result.callId()));
        if (result.images().isEmpty()) {
            json.writeStringProperty("output", Json.wellFormed(result.text()));
        } else {
            json.writeArrayPropertyStart("output");
            writeText("input_text", result.text());
            result.images().forEach(this::writeImage);
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void writeText(String type, String text) {
        json.writeStartObject();
        json.writeStringProperty("type", type);
        json.writeStringProperty("text", Json.wellFormed(text));
        json.writeEndObject();
    }

    private void writeImage(Image image) {
        json.writeStartObject();
        json.writeStringProperty("type", "input_image");
        json.writeStringProperty("image_url", "data:" + image.mediaType() + ";base64," + image.base64());
        json.writeEndObject();
    }
}
