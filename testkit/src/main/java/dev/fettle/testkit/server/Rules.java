package dev.fettle.testkit.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What an API requires of a request: a list of claims, of which the first that does not hold is the objection.
abstract sealed class Rules permits AnthropicRules, OpenAiRules, ResponsesRules, GeminiRules {
    private final List<String> broken = new ArrayList<>();

    final Optional<String> objection() {
        check();
        return broken.stream().findFirst();
    }

    abstract void check();

    final void require(boolean holds, String otherwise) {
        if (!holds) {
            broken.add(otherwise);
        }
    }

    final void requireText(JsonNode node, String where) {
        require(node.isString() && !node.asString().isBlank(), where + ": a text with some content is required");
    }

    final void requireName(JsonNode node, String where) {
        require(
                node.isString() && node.asString().matches("[a-zA-Z0-9_-]{1,128}"),
                where + ": not a legal name: " + node);
    }

    /// A tool that must be called has to be one of the request's.
    ///
    /// @param tools what has its name directly in it
    final void requireToolChoice(JsonNode name, JsonNode tools, String where) {
        require(
                name.isMissingNode()
                        || tools.valueStream()
                                .anyMatch(tool -> tool.path("name").equals(name)),
                where + ": no tool is called " + name);
    }

    final void requireTool(JsonNode name, JsonNode schema, String where) {
        requireName(name, where + ".name");
        require(schema.path("type").asString("").equals("object"), where + ": a schema of type object is required");
    }
}
