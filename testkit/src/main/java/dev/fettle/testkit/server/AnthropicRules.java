package dev.fettle.testkit.server;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What the Messages API refuses. Consecutive messages of the user are legal: it takes them for one.
final class AnthropicRules extends Rules {
    private final JsonNode request;

    AnthropicRules(JsonNode request) {
        this.request = request;
    }

    @Override
    void check() {
        requireText(request.path("model"), "model");
        require(request.path("max_tokens").asInt(0) > 0, "max_tokens: field required");
        require(request.path("stream").asBoolean(false), "stream: this server only streams");
        request.path("tools").forEach(tool -> requireTool(tool.path("name"), tool.path("input_schema"), "tools"));
        requireToolChoice(request.path("tool_choice").path("name"), request.path("tools"), "tool_choice");
        JsonNode format = request.path("output_config").path("format");
        require(format.isMissingNode() || format.path("schema").isObject(), "output_config.format.schema: required");
        request.path("system").forEach(block -> requireText(block.path("text"), "system"));
        checkMessages(request.path("messages"));
    }

    private void checkMessages(JsonNode messages) {
        require(!messages.isEmpty(), "messages: at least one message is required");
        require(messages.path(0).path("role").asString("").equals("user"), "messages.0: the first role must be user");
        List<String> open = List.of();
        String lastRole = "";
        for (int i = 0; i < messages.size(); i++) {
            String where = "messages." + i;
            JsonNode message = messages.get(i);
            String role = message.path("role").asString("");
            JsonNode content = message.path("content");
            require(content.isArray() && !content.isEmpty(), where + ": content must not be empty");
            require(role.equals("user") || role.equals("assistant"), where + ": unknown role " + role);
            require(!(role.equals("assistant") && lastRole.equals(role)), where + ": two assistant messages in a row");
            require(
                    results(content).equals(open),
                    where + ": tool_result blocks must answer the calls before them, once each and in order: expected "
                            + open);
            content.forEach(block -> checkBlock(block, where));
            open = calls(content);
            lastRole = role;
            if (role.equals("assistant")) {
                require(
                        !content.path(content.size() - 1)
                                .path("type")
                                .asString("")
                                .contains("thinking"),
                        where + ": the final block of an assistant message cannot be thinking");
            }
        }
        require(lastRole.equals("user"), "messages: the last one must be of the user");
    }

    private void checkBlock(JsonNode block, String where) {
        switch (block.path("type").asString("")) {
            case "text" -> requireText(block.path("text"), where + ".text");
            case "image" -> requireText(block.path("source").path("data"), where + ".source");
            case "thinking" -> requireText(block.path("signature"), where + ".signature");
            case "redacted_thinking" -> requireText(block.path("data"), where + ".data");
            case "tool_use" -> {
                requireName(block.path("id"), where + ".tool_use.id");
                requireName(block.path("name"), where + ".tool_use.name");
                require(block.path("input").isObject(), where + ".tool_use.input: a dictionary is required");
            }
            case "tool_result" -> block.path("content").forEach(part -> checkBlock(part, where + ".tool_result"));
            default -> require(false, where + ": unknown block " + block);
        }
    }

    private static List<String> calls(JsonNode content) {
        return ids(content, "tool_use", "id");
    }

    private static List<String> results(JsonNode content) {
        return ids(content, "tool_result", "tool_use_id");
    }

    private static List<String> ids(JsonNode content, String type, String field) {
        List<String> ids = new ArrayList<>();
        for (JsonNode block : content) {
            if (block.path("type").asString("").equals(type)) {
                ids.add(block.path(field).asString(""));
            }
        }
        return ids;
    }
}
