package dev.fettle.providers.anthropic;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Image;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ToolChoice;
import dev.fettle.core.tool.ToolSpec;
import dev.fettle.providers.json.CallArguments;
import dev.fettle.providers.json.Json;
import dev.fettle.providers.json.LegalName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// Writes the body of a request. Fields have a fixed order and `messages` come last, so that a request, without
/// its closing `]}`, is the beginning of the next one of its session. The prompt cache is told where to write
/// from outside the messages: at its top level the request asks for automatic caching, whose breakpoint the
/// server moves along with the conversation, and one fixed breakpoint ends what all sessions share
/// (platform.claude.com/docs/en/build-with-claude/prompt-caching).
final class AnthropicRequest {
    private static final String CACHED = "{\"type\":\"ephemeral\"}";

    private AnthropicRequest() {}

    static byte[] body(ModelRequest request) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringProperty("model", request.model().id());
            json.writeNumberProperty("max_tokens", request.model().maxOutputTokens());
            request.temperature().ifPresent(value -> json.writeNumberProperty("temperature", value));
            json.writeBooleanProperty("stream", true);
            json.writeName("cache_control").writeRawValue(CACHED);
            writeOutput(json, request);
            writeTools(json, request.tools(), request.system().isBlank());
            writeToolChoice(json, request.toolChoice());
            writeSystem(json, request.system());
            json.writeArrayPropertyStart("messages");
            request.messages().forEach(message -> writeMessage(json, message));
            json.writeEndArray().writeEndObject();
        });
    }

    private static void writeTools(JsonGenerator json, List<ToolSpec> tools, boolean endsSharedPart) {
        if (tools.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("tools");
        for (ToolSpec tool : tools) {
            json.writeStartObject();
            json.writeStringProperty("name", tool.name());
            json.writeStringProperty("description", Json.wellFormed(tool.description()));
            json.writeName("input_schema").writeRawValue(tool.schema());
            if (endsSharedPart && tool.equals(tools.getLast())) {
                json.writeName("cache_control").writeRawValue(CACHED);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /// How hard to think and what to answer with (platform.claude.com/docs/en/build-with-claude/structured-outputs).
    private static void writeOutput(JsonGenerator json, ModelRequest request) {
        Optional<String> effort = request.model().effort();
        if (effort.isEmpty() && request.output().isEmpty()) {
            return;
        }
        json.writeObjectPropertyStart("output_config");
        effort.ifPresent(word -> json.writeStringProperty("effort", word));
        request.output().ifPresent(output -> {
            json.writeObjectPropertyStart("format");
            json.writeStringProperty("type", "json_schema");
            json.writeName("schema").writeRawValue(output.schema());
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    private static void writeToolChoice(JsonGenerator json, ToolChoice choice) {
        Optional<String> type = switch (choice) {
            case ToolChoice.Auto _ -> Optional.empty();
            case ToolChoice.None _ -> Optional.of("none");
            case ToolChoice.Required _ -> Optional.of("any");
            case ToolChoice.Named _ -> Optional.of("tool");
        };
        type.ifPresent(word -> {
            json.writeObjectPropertyStart("tool_choice");
            json.writeStringProperty("type", word);
            if (choice instanceof ToolChoice.Named named) {
                json.writeStringProperty("name", LegalName.of(named.tool()));
            }
            json.writeEndObject();
        });
    }

    private static void writeSystem(JsonGenerator json, String system) {
        if (system.isBlank()) {
            return;
        }
        json.writeArrayPropertyStart("system").writeStartObject();
        json.writeStringProperty("type", "text");
        json.writeStringProperty("text", Json.wellFormed(system));
        json.writeName("cache_control").writeRawValue(CACHED);
        json.writeEndObject().writeEndArray();
    }

    private static void writeMessage(JsonGenerator json, Message message) {
        switch (message) {
            case Message.User user -> {
                start(json, "user");
                user.images().forEach(image -> writeImage(json, image));
                writeText(json, user.text());
                end(json);
            }
            case Message.Assistant assistant -> {
                List<ContentBlock> blocks = acceptable(assistant.content());
                if (!blocks.isEmpty()) {
                    start(json, "assistant");
                    blocks.forEach(block -> writeBlock(json, block));
                    end(json);
                }
            }
            case Message.Results results -> {
                start(json, "user");
                results.results().forEach(result -> writeResult(json, result));
                end(json);
            }
        }
    }

    /// What the API takes back: no blank text, no reasoning of others or without its signature, and none at
    /// the end, where it is refused.
    private static List<ContentBlock> acceptable(List<ContentBlock> content) {
        List<ContentBlock> blocks = new ArrayList<>();
        for (ContentBlock block : content) {
            boolean isAcceptable = switch (block) {
                case ContentBlock.Text text -> !text.text().isBlank();
                case ContentBlock.Reasoning reasoning ->
                    reasoning.dialect().equals(AnthropicMessages.DIALECT)
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

    private static void writeBlock(JsonGenerator json, ContentBlock block) {
        switch (block) {
            case ContentBlock.Text text -> writeText(json, text.text());
            case ContentBlock.Reasoning reasoning -> json.writeRawValue(reasoning.verbatim());
            case ToolCall call -> {
                json.writeStartObject();
                json.writeStringProperty("type", "tool_use");
                json.writeStringProperty("id", LegalName.of(call.id()));
                json.writeStringProperty("name", LegalName.of(call.name()));
                json.writeName("input").writeRawValue(CallArguments.object(call.arguments()));
                json.writeEndObject();
            }
        }
    }

    private static void writeResult(JsonGenerator json, ToolResult result) {
        json.writeStartObject();
        json.writeStringProperty("type", "tool_result");
        json.writeStringProperty("tool_use_id", LegalName.of(result.callId()));
        json.writeArrayPropertyStart("content");
        writeText(json, result.text());
        result.images().forEach(image -> writeImage(json, image));
        json.writeEndArray();
        if (result.isError()) {
            json.writeBooleanProperty("is_error", true);
        }
        json.writeEndObject();
    }

    private static void writeText(JsonGenerator json, String text) {
        if (text.isBlank()) {
            return;
        }
        json.writeStartObject();
        json.writeStringProperty("type", "text");
        json.writeStringProperty("text", Json.wellFormed(text));
        json.writeEndObject();
    }

    private static void writeImage(JsonGenerator json, Image image) {
        json.writeStartObject();
        json.writeStringProperty("type", "image");
        json.writeObjectPropertyStart("source");
        json.writeStringProperty("type", "base64");
        json.writeStringProperty("media_type", image.mediaType());
        json.writeStringProperty("data", image.base64());
        json.writeEndObject().writeEndObject();
    }

    private static void start(JsonGenerator json, String role) {
        json.writeStartObject();
        json.writeStringProperty("role", role);
        json.writeArrayPropertyStart("content");
    }

    private static void end(JsonGenerator json) {
        json.writeEndArray().writeEndObject();
    }
}
