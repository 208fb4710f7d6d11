package dev.fettle.testkit.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What the Responses API refuses of a client that has nothing stored there.
final class ResponsesRules extends Rules {
    private static final Set<String> FIELDS = Set.of(
            "model",
            "max_output_tokens",
            "temperature",
            "stream",
            "store",
            "prompt_cache_key",
            "include",
            "reasoning",
            "text",
            "instructions",
            "tools",
            "tool_choice",
            "input");

    private final JsonNode request;
    private final List<String> open = new ArrayList<>();

    ResponsesRules(JsonNode request) {
        this.request = request;
    }

    @Override
    void check() {
        for (String field : request.propertyNames()) {
            require(FIELDS.contains(field), "Unknown parameter: '%s'".formatted(field));
        }
        requireText(request.path("model"), "model");
        require(request.path("stream").asBoolean(false), "stream: this server only streams");
        require(!request.path("store").asBoolean(true), "store: this account keeps nothing, so it must be false");
        require(request.path("max_output_tokens").asInt(0) >= 16, "max_output_tokens: at least 16");
        require(request.path("prompt_cache_key").asString("").length() <= 64, "prompt_cache_key: too long");
        request.path("tools").forEach(tool -> {
            require(tool.path("type").asString("").equals("function"), "tools: missing type");
            requireTool(tool.path("name"), tool.path("parameters"), "tools");
        });
        requireToolChoice(request.path("tool_choice").path("name"), request.path("tools"), "tool_choice");
        JsonNode format = request.path("text").path("format");
        if (!format.isMissingNode()) {
            requireName(format.path("name"), "text.format.name");
            require(format.path("schema").isObject(), "text.format.schema: required");
        }
        checkItems(request.path("input"));
    }

    private void checkItems(JsonNode input) {
        require(!input.isEmpty(), "input: at least one item is required");
        for (int i = 0; i < input.size(); i++) {
            String where = "input[" + i + "]";
            JsonNode item = input.get(i);
            switch (item.path("type").asString("")) {
                case "message" -> checkMessage(item, where);
                case "reasoning" -> {
                    requireText(item.path("encrypted_content"), where + ".encrypted_content");
                    require(item.path("summary").isArray(), where + ".summary: missing");
                    require(isOfModel(input.path(i + 1)), where + ": reasoning without its required following item");
                }
                case "function_call" -> {
                    requireName(item.path("call_id"), where + ".call_id");
                    requireName(item.path("name"), where + ".name");
                    require(item.path("arguments").isString(), where + ".arguments: a string is required");
                    open.add(item.path("call_id").asString(""));
                }
                case "function_call_output" -> checkOutput(item, where);
                default -> require(false, where + ": unknown item " + item);
            }
        }
        require(open.isEmpty(), "No tool output found for function calls " + open);
        require(!isOfModel(input.path(input.size() - 1)), "input: the last item must not be of the model");
    }

    private static boolean isOfModel(JsonNode item) {
        return switch (item.path("type").asString("")) {
            case "reasoning", "function_call" -> true;
            case "message" -> item.path("role").asString("").equals("assistant");
            default -> false;
        };
    }

    private void checkMessage(JsonNode item, String where) {
        String role = item.path("role").asString("");
        boolean isUser = role.equals("user");
        require(isUser || role.equals("assistant"), where + ": unknown role " + role);
        require(!isUser || open.isEmpty(), where + ": No tool output found for function calls " + open);
        require(!item.path("content").isEmpty(), where + ".content: required");
        item.path("content").forEach(part -> checkPart(part, isUser ? "input_text" : "output_text", where));
    }

    private void checkOutput(JsonNode item, String where) {
        require(
                open.remove(item.path("call_id").asString("")),
                where + ": No tool call found for function call output " + item.path("call_id"));
        JsonNode output = item.path("output");
        require(output.isString() || !output.isEmpty(), where + ".output: required");
        if (output.isArray()) {
            output.forEach(part -> checkPart(part, "input_text", where));
        }
    }

    private void checkPart(JsonNode part, String textType, String where) {
        String type = part.path("type").asString("");
        if (type.equals("input_image")) {
            require(
                    textType.equals("input_text")
                            && part.path("image_url").asString("").startsWith("data:image/"),
                    where + ": not an image: " + part);
        } else {
            require(type.equals(textType), where + ": `%s` where %s belongs".formatted(type, textType));
            require(part.path("text").isString(), where + ".text: required");
        }
    }
}
