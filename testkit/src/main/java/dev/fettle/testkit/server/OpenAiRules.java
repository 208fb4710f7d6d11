package dev.fettle.testkit.server;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What Chat Completions refuses, at OpenAI or at the stricter of the compatible servers.
final class OpenAiRules extends Rules {
    private final JsonNode request;

    OpenAiRules(JsonNode request) {
        this.request = request;
    }

    @Override
    void check() {
        requireText(request.path("model"), "model");
        require(request.path("stream").asBoolean(false), "stream: this server only streams");
        require(
                !(request.has("max_tokens") && request.has("max_completion_tokens")),
                "max_tokens and max_completion_tokens exclude each other");
        request.path("tools").forEach(tool -> {
            JsonNode function = tool.path("function");
            requireTool(function.path("name"), function.path("parameters"), "tools");
        });
        JsonNode choice = request.path("tool_choice").path("function").path("name");
        require(
                choice.isMissingNode()
                        || request.path("tools").findValues("name").contains(choice),
                "tool_choice: no tool is called " + choice);
        JsonNode format = request.path("response_format");
        if (!format.isMissingNode()) {
            requireName(format.path("json_schema").path("name"), "response_format.json_schema.name");
            require(
                    format.path("json_schema").path("schema").isObject(),
                    "response_format.json_schema.schema: required");
        }
        checkMessages(request.path("messages"));
    }

    private void checkMessages(JsonNode messages) {
        require(!messages.isEmpty(), "messages: at least one message is required");
        List<String> open = new ArrayList<>();
        String lastRole = "";
        for (int i = 0; i < messages.size(); i++) {
            String where = "messages." + i;
            JsonNode message = messages.get(i);
            String role = message.path("role").asString("");
            JsonNode content = message.path("content");
            if (role.equals("tool")) {
                String id = message.path("tool_call_id").asString("");
                require(
                        !open.isEmpty() && open.getFirst().equals(id),
                        where + ": answers `%s` where the open calls are %s".formatted(id, open));
                require(content.isString(), where + ": the content of a tool message is text");
                if (!open.isEmpty()) {
                    open.removeFirst();
                }
            } else {
                require(open.isEmpty(), where + ": tool calls without an answer: " + open);
            }
            switch (role) {
                case "system" -> require(i == 0, where + ": system comes first");
                case "user" -> require(content.isString() || !content.isEmpty(), where + ": content is required");
                case "assistant" -> {
                    require(!lastRole.equals(role), where + ": two assistant messages in a row");
                    require(content.isString() || message.has("tool_calls"), where + ": content or calls are required");
                    message.path("tool_calls").forEach(call -> open.add(checkedCall(call, where)));
                }
                case "tool" -> {
                    // Checked above.
                }
                default -> require(false, where + ": unknown role " + role);
            }
            lastRole = role;
        }
        require(open.isEmpty(), "messages: tool calls without an answer: " + open);
        require(!lastRole.equals("assistant"), "messages: the last one must not be of the assistant");
    }

    private String checkedCall(JsonNode call, String where) {
        requireText(call.path("id"), where + ".tool_calls.id");
        requireName(call.path("function").path("name"), where + ".tool_calls.function.name");
        require(isObject(call.path("function").path("arguments")), where + ".tool_calls: arguments must be an object");
        return call.path("id").asString("");
    }

    private static boolean isObject(JsonNode arguments) {
        try {
            return WireFormat.JSON.readTree(arguments.asString("")).isObject();
        } catch (JacksonException e) {
            return false;
        }
    }
}
