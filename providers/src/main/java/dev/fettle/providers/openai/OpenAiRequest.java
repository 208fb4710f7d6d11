package dev.fettle.providers.openai;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Image;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.OutputSchema;
import dev.fettle.core.model.Quirk;
import dev.fettle.core.model.ToolChoice;
import dev.fettle.core.tool.ToolSpec;
import dev.fettle.providers.json.CallArguments;
import dev.fettle.providers.json.Json;
import dev.fettle.providers.json.LegalName;
import dev.fettle.providers.json.StrictSchema;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Writes the body of a request. Fields have a fixed order and `messages` come last, so that a request, without
/// its closing `]}`, is the beginning of the next one of its session; these servers cache by such prefixes
/// without being asked.
final class OpenAiRequest {
    private OpenAiRequest() {}

    static byte[] body(ModelRequest request) {
        String dialect = OpenAiChat.dialect(request.model());
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringProperty("model", request.model().id());
            boolean isRenamed = request.model().has(Quirk.MAX_COMPLETION_TOKENS);
            json.writeNumberProperty(
                    isRenamed ? "max_completion_tokens" : "max_tokens",
                    request.model().maxOutputTokens());
            request.temperature().ifPresent(value -> json.writeNumberProperty("temperature", value));
            json.writeBooleanProperty("stream", true);
            json.writeObjectPropertyStart("stream_options");
            json.writeBooleanProperty("include_usage", true);
            json.writeEndObject();
            request.model().effort().ifPresent(effort -> json.writeStringProperty("reasoning_effort", effort));
            request.output().ifPresent(output -> writeOutput(json, output));
            writeTools(json, request.tools());
            writeToolChoice(json, request.toolChoice());
            json.writeArrayPropertyStart("messages");
            if (!request.system().isBlank()) {
                writePlain(json, "system", request.system());
            }
            for (Message message : request.messages()) {
                switch (message) {
                    case Message.User user -> writeUser(json, user.text(), user.images());
                    case Message.Assistant assistant -> writeAssistant(json, assistant, dialect);
                    case Message.Results results -> writeResults(json, results.results());
                }
            }
            json.writeEndArray().writeEndObject();
        });
    }

    private static void writeTools(JsonGenerator json, List<ToolSpec> tools) {
        if (tools.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("tools");
        for (ToolSpec tool : tools) {
            json.writeStartObject();
            json.writeStringProperty("type", "function");
            json.writeObjectPropertyStart("function");
            json.writeStringProperty("name", tool.name());
            json.writeStringProperty("description", Json.wellFormed(tool.description()));
            json.writeName("parameters").writeRawValue(tool.schema());
            json.writeEndObject().writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeToolChoice(JsonGenerator json, ToolChoice choice) {
        switch (choice) {
            case ToolChoice.Auto _ -> {
                // The default.
            }
            case ToolChoice.None _ -> json.writeStringProperty("tool_choice", "none");
            case ToolChoice.Required _ -> json.writeStringProperty("tool_choice", "required");
            case ToolChoice.Named named -> {
                json.writeObjectPropertyStart("tool_choice");
                json.writeStringProperty("type", "function");
                json.writeObjectPropertyStart("function");
                json.writeStringProperty("name", LegalName.of(named.tool()));
                json.writeEndObject().writeEndObject();
            }
        }
    }

    private static void writeOutput(JsonGenerator json, OutputSchema output) {
        json.writeObjectPropertyStart("response_format");
        json.writeStringProperty("type", "json_schema");
        json.writeObjectPropertyStart("json_schema");
        json.writeStringProperty("name", output.name());
        json.writeBooleanProperty("strict", StrictSchema.isStrict(output.schema()));
        json.writeName("schema").writeRawValue(output.schema());
        json.writeEndObject().writeEndObject();
    }

    private static void writePlain(JsonGenerator json, String role, String text) {
        json.writeStartObject();
        json.writeStringProperty("role", role);
        json.writeStringProperty("content", Json.wellFormed(text));
        json.writeEndObject();
    }

    private static void writeUser(JsonGenerator json, String text, List<Image> images) {
        if (images.isEmpty()) {
            writePlain(json, "user", text);
            return;
        }
        json.writeStartObject();
        json.writeStringProperty("role", "user");
        json.writeArrayPropertyStart("content");
        if (!text.isBlank()) {
            json.writeStartObject();
            json.writeStringProperty("type", "text");
            json.writeStringProperty("text", Json.wellFormed(text));
            json.writeEndObject();
        }
        for (Image image : images) {
            json.writeStartObject();
            json.writeStringProperty("type", "image_url");
            json.writeObjectPropertyStart("image_url");
            json.writeStringProperty("url", "data:" + image.mediaType() + ";base64," + image.base64());
            json.writeEndObject().writeEndObject();
        }
        json.writeEndArray().writeEndObject();
    }

    private static void writeAssistant(JsonGenerator json, Message.Assistant assistant, String dialect) {
        String text = assistant.text();
        List<ToolCall> calls = assistant.calls();
        if (text.isEmpty() && calls.isEmpty()) {
            return;
        }
        json.writeStartObject();
        json.writeStringProperty("role", "assistant");
        if (text.isEmpty()) {
            json.writeNullProperty("content");
        } else {
            json.writeStringProperty("content", Json.wellFormed(text));
        }
        for (ContentBlock block : assistant.content()) {
            if (block instanceof ContentBlock.Reasoning reasoning
                    && reasoning.dialect().equals(dialect)) {
                writeFieldsOf(json, reasoning.verbatim());
            }
        }
        if (!calls.isEmpty()) {
            json.writeArrayPropertyStart("tool_calls");
            calls.forEach(call -> writeCall(json, call));
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /// Puts the fields of an object, byte for byte, into the one that is being written, which has some already.
    private static void writeFieldsOf(JsonGenerator json, String object) {
        json.writeRaw(",").writeRaw(object, 1, object.length() - 2);
    }

    private static void writeCall(JsonGenerator json, ToolCall call) {
        json.writeStartObject();
        json.writeStringProperty("id", call.id());
        json.writeStringProperty("type", "function");
        json.writeObjectPropertyStart("function");
        json.writeStringProperty("name", LegalName.of(call.name()));
        // A string, but servers with a chat template parse it and fail on anything but an object.
        json.writeStringProperty("arguments", CallArguments.object(call.arguments()));
        json.writeEndObject().writeEndObject();
    }

    /// Messages of tools carry text only, so their images follow in a message of the user.
    private static void writeResults(JsonGenerator json, List<ToolResult> results) {
        List<Image> images = new ArrayList<>();
        StringBuilder origins = new StringBuilder();
        for (ToolResult result : results) {
            String text = result.text();
            int count = result.images().size();
            if (count > 0) {
                String first = "image %d".formatted(images.size() + 1);
                String shown = count == 1 ? first : first + " to " + (images.size() + count);
                text += "\n[See %s in the next message.]".formatted(shown);
                origins.append("\n%s: from call %s".formatted(shown, result.callId()));
                images.addAll(result.images());
            }
            json.writeStartObject();
            json.writeStringProperty("role", "tool");
            json.writeStringProperty("tool_call_id", result.callId());
            json.writeStringProperty("content", Json.wellFormed(text));
            json.writeEndObject();
        }
        if (!images.isEmpty()) {
            writeUser(json, "Images of the tool results above:" + origins, images);
        }
    }
}
