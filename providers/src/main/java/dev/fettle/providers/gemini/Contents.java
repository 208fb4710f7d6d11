package dev.fettle.providers.gemini;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Image;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.providers.json.CallArguments;
import dev.fettle.providers.json.Json;
import dev.fettle.providers.json.LegalName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/// Writes a conversation as the API's contents and their parts.
final class Contents {
    /// Stands for a signature where there is none, as the API's documentation provides for calls that its model did
    /// not make (ai.google.dev/gemini-api/docs/thought-signatures, its questions and answers).
    private static final String NO_SIGNATURE = "{\"thoughtSignature\":\"skip_thought_signature_validator\"}";

    private final JsonGenerator json;
    private final boolean areCallsSigned;
    private final Map<String, String> toolsByCall = new HashMap<>();

    Contents(JsonGenerator json, boolean areCallsSigned) {
        this.json = json;
        this.areCallsSigned = areCallsSigned;
    }

    void write(Message message) {
        switch (message) {
            case Message.User user -> {
                start("user");
                if (!user.text().isBlank()) {
                    writeText(user.text(), "");
                } else if (user.images().isEmpty()) {
                    writeText("(nothing)", "");
                }
                user.images().forEach(this::writeImage);
                end();
            }
            case Message.Assistant assistant -> {
                if (!assistant.text().isBlank() || !assistant.calls().isEmpty()) {
                    start("model");
                    writeBlocks(assistant.content());
                    end();
                }
            }
            case Message.Results results -> {
                start("user");
                results.results().forEach(this::writeResult);
                results.results().forEach(this::writeImages);
                end();
            }
        }
    }

    /// A signature goes back on the part it came on, or in a part of its own.
    private void writeBlocks(List<ContentBlock> content) {
        String signature = "";
        boolean isFirstCall = true;
        for (ContentBlock block : content) {
            switch (block) {
                case ContentBlock.Reasoning reasoning -> {
                    if (reasoning.dialect().equals(Gemini.DIALECT)) {
                        signature = reasoning.verbatim();
                    }
                    if (signature.startsWith("{\"text\"")) {
                        json.writeRawValue(signature);
                        signature = "";
                    }
                }
                case ContentBlock.Text text -> {
                    if (!text.text().isBlank()) {
                        writeText(text.text(), signature);
                        signature = "";
                    }
                }
                case ToolCall call -> {
                    boolean isMissing = signature.isEmpty() && isFirstCall && areCallsSigned;
                    writeCall(call, isMissing ? NO_SIGNATURE : signature);
                    signature = "";
                    isFirstCall = false;
                }
            }
        }
    }

    private void writeCall(ToolCall call, String signature) {
        toolsByCall.put(call.id(), call.name());
        json.writeStartObject();
        json.writeObjectPropertyStart("functionCall");
        CallIds.sent(call.id()).ifPresent(id -> json.writeStringProperty("id", id));
        json.writeStringProperty("name", LegalName.of(call.name()));
        json.writeName("args").writeRawValue(CallArguments.object(call.arguments()));
        json.writeEndObject();
        writeFieldsOf(signature);
        json.writeEndObject();
    }

    private void writeResult(ToolResult result) {
        json.writeStartObject();
        json.writeObjectPropertyStart("functionResponse");
        CallIds.sent(result.callId()).ifPresent(id -> json.writeStringProperty("id", id));
        json.writeStringProperty("name", LegalName.of(toolsByCall.getOrDefault(result.callId(), "")));
        json.writeObjectPropertyStart("response");
        json.writeStringProperty(result.isError() ? "error" : "output", Json.wellFormed(result.text()));
        json.writeEndObject().writeEndObject().writeEndObject();
    }

    /// Responses carry images with the latest models only, so images follow, each tool's under its name.
    private void writeImages(ToolResult result) {
        if (!result.images().isEmpty()) {
            writeText(
                    "Images of %s (call %s):"
                            .formatted(toolsByCall.getOrDefault(result.callId(), "a tool"), result.callId()),
                    "");
            result.images().forEach(this::writeImage);
        }
    }

    private void writeText(String text, String signature) {
        json.writeStartObject();
        json.writeStringProperty("text", Json.wellFormed(text));
        writeFieldsOf(signature);
        json.writeEndObject();
    }

    private void writeImage(Image image) {
        json.writeStartObject();
        json.writeObjectPropertyStart("inlineData");
        json.writeStringProperty("mimeType", image.mediaType());
        json.writeStringProperty("data", image.base64());
        json.writeEndObject().writeEndObject();
    }

    /// Puts the fields of an object, byte for byte, into the one that is being written, which has some already.
    private void writeFieldsOf(String object) {
        if (!object.isEmpty()) {
            json.writeRaw(",").writeRaw(object, 1, object.length() - 2);
        }
    }

    private void start(String role) {
        json.writeStartObject();
        json.writeStringProperty("role", role);
        json.writeArrayPropertyStart("parts");
    }

    private void end() {
        json.writeEndArray().writeEndObject();
    }
}
