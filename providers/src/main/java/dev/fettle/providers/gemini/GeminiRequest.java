package dev.fettle.providers.gemini;

import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.Quirk;
import dev.fettle.core.model.ToolChoice;
import dev.fettle.core.tool.ToolSpec;
import dev.fettle.providers.json.Json;
import dev.fettle.providers.json.LegalName;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// Writes the body of a request. Fields have a fixed order and `contents` come last, so that a request, without its
/// closing `]}`, is the beginning of the next one of its session; the server caches by such prefixes
/// (ai.google.dev/gemini-api/docs/caching, implicit).
final class GeminiRequest {
    private GeminiRequest() {}

    static byte[] body(ModelRequest request) {
        return Json.bytes(json -> {
            json.writeStartObject();
            writeConfig(json, request);
            if (!request.system().isBlank()) {
                json.writeObjectPropertyStart("systemInstruction").writeArrayPropertyStart("parts");
                json.writeStartObject();
                json.writeStringProperty("text", Json.wellFormed(request.system()));
                json.writeEndObject().writeEndArray().writeEndObject();
            }
            writeTools(json, request.tools());
            writeToolChoice(json, request.toolChoice());
            json.writeArrayPropertyStart("contents");
            Contents contents = new Contents(json, request.model().has(Quirk.SIGNED_CALLS));
            request.messages().forEach(contents::write);
            json.writeEndArray().writeEndObject();
        });
    }

    private static void writeConfig(JsonGenerator json, ModelRequest request) {
        json.writeObjectPropertyStart("generationConfig");
        json.writeNumberProperty("maxOutputTokens", request.model().maxOutputTokens());
        request.temperature().ifPresent(value -> json.writeNumberProperty("temperature", value));
        writeThinking(json, request.model());
        // With tools, most models refuse it; then the schema is only told.
        request.output().filter(_ -> request.tools().isEmpty()).ifPresent(output -> {
            json.writeStringProperty("responseMimeType", "application/json");
            json.writeName("responseJsonSchema").writeRawValue(output.schema());
        });
        json.writeEndObject();
    }

    /// Models up to 2.5 take a number of tokens as effort, later ones a word
    /// (ai.google.dev/gemini-api/docs/thinking).
    private static void writeThinking(JsonGenerator json, Model model) {
        if (model.has(Quirk.NO_REASONING)) {
            return;
        }
        json.writeObjectPropertyStart("thinkingConfig");
        json.writeBooleanProperty("includeThoughts", true);
        model.effort().ifPresent(effort -> {
            if (effort.matches("-?\\d{1,9}")) {
                json.writeNumberProperty("thinkingBudget", Integer.parseInt(effort));
            } else {
                json.writeStringProperty("thinkingLevel", effort);
            }
        });
        json.writeEndObject();
    }

    /// Schemas go into `parametersJsonSchema`, which takes JSON Schema as it is. Its alternative, `parameters`, takes
    /// a subset of OpenAPI's, without `additionalProperties` or `$ref`, and excludes it
    /// (ai.google.dev/api/caching#FunctionDeclaration).
    private static void writeTools(JsonGenerator json, List<ToolSpec> tools) {
        if (tools.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("tools").writeStartObject();
        json.writeArrayPropertyStart("functionDeclarations");
        for (ToolSpec tool : tools) {
            json.writeStartObject();
            json.writeStringProperty("name", tool.name());
            json.writeStringProperty("description", Json.wellFormed(tool.description()));
            json.writeName("parametersJsonSchema").writeRawValue(tool.schema());
            json.writeEndObject();
        }
        json.writeEndArray().writeEndObject().writeEndArray();
    }

    private static void writeToolChoice(JsonGenerator json, ToolChoice choice) {
        Optional<String> mode = switch (choice) {
            case ToolChoice.Auto _ -> Optional.empty();
            case ToolChoice.None _ -> Optional.of("NONE");
            case ToolChoice.Required _, ToolChoice.Named _ -> Optional.of("ANY");
        };
        mode.ifPresent(word -> {
            json.writeObjectPropertyStart("toolConfig").writeObjectPropertyStart("functionCallingConfig");
            json.writeStringProperty("mode", word);
            if (choice instanceof ToolChoice.Named named) {
                json.writeArrayPropertyStart("allowedFunctionNames");
                json.writeString(LegalName.of(named.tool()));
                json.writeEndArray();
            }
            json.writeEndObject().writeEndObject();
        });
    }
}
