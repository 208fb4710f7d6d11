package dev.fettle.providers.responses;

import dev.fettle.core.message.Message;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.OutputSchema;
import dev.fettle.core.model.Quirk;
import dev.fettle.core.model.ToolChoice;
import dev.fettle.core.tool.ToolSpec;
import dev.fettle.providers.json.Json;
import dev.fettle.providers.json.LegalName;
import dev.fettle.providers.json.StrictSchema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Writes the body of a request. Fields have a fixed order and `input` comes last, so that a request, without its
/// closing `]}`, is the beginning of the next one of its session; the server caches by such prefixes.
final class ResponsesRequest {
    private ResponsesRequest() {}

    static byte[] body(ModelRequest request) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringProperty("model", request.model().id());
            json.writeNumberProperty("max_output_tokens", request.model().maxOutputTokens());
            request.temperature().ifPresent(value -> json.writeNumberProperty("temperature", value));
            json.writeBooleanProperty("stream", true);
            json.writeBooleanProperty("store", false);
            json.writeStringProperty("prompt_cache_key", cacheKey(request));
            writeReasoning(json, request);
            request.output().ifPresent(output -> writeOutput(json, output));
            if (!request.system().isBlank()) {
                json.writeStringProperty("instructions", Json.wellFormed(request.system()));
            }
            writeTools(json, request.tools());
            writeToolChoice(json, request.toolChoice());
            json.writeArrayPropertyStart("input");
            InputItems items = new InputItems(json);
            request.messages().forEach(items::write);
            json.writeEndArray().writeEndObject();
        });
    }

    /// Sends the requests of a session to the same machine, where the cache is. What begins alike is one session.
    private static String cacheKey(ModelRequest request) {
        String first = request.messages().stream()
                .filter(Message.User.class::isInstance)
                .map(message -> ((Message.User) message).text())
                .findFirst()
                .orElse("");
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((request.system() + "\0" + first).getBytes(StandardCharsets.UTF_8));
            return "fettle-" + HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }

    private static void writeReasoning(JsonGenerator json, ModelRequest request) {
        if (request.model().has(Quirk.NO_REASONING)) {
            return;
        }
        json.writeArrayPropertyStart("include");
        json.writeString("reasoning.encrypted_content");
        json.writeEndArray();
        json.writeObjectPropertyStart("reasoning");
        request.model().effort().ifPresent(effort -> json.writeStringProperty("effort", effort));
        json.writeStringProperty("summary", "auto");
        json.writeEndObject();
    }

    private static void writeOutput(JsonGenerator json, OutputSchema output) {
        json.writeObjectPropertyStart("text").writeObjectPropertyStart("format");
        json.writeStringProperty("type", "json_schema");
        json.writeStringProperty("name", output.name());
        json.writeBooleanProperty("strict", StrictSchema.isStrict(output.schema()));
        json.writeName("schema").writeRawValue(output.schema());
        json.writeEndObject().writeEndObject();
    }

    /// `strict` is told because this API, unlike Chat Completions, would otherwise rewrite the schemas.
    private static void writeTools(JsonGenerator json, List<ToolSpec> tools) {
        if (tools.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("tools");
        for (ToolSpec tool : tools) {
            json.writeStartObject();
            json.writeStringProperty("type", "function");
            json.writeStringProperty("name", tool.name());
            json.writeStringProperty("description", Json.wellFormed(tool.description()));
            json.writeBooleanProperty("strict", false);
            json.writeName("parameters").writeRawValue(tool.schema());
            json.writeEndObject();
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
                json.writeStringProperty("name", LegalName.of(named.tool()));
                json.writeEndObject();
            }
        }
    }
}
