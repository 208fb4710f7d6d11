package dev.fettle.core.workflow;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a request in free words is about, as a model has understood it.
///
/// @param task in a few words
/// @param languages of programming, lower case
/// @param tools those that it will take
public record Intent(Workflow workflow, String task, List<String> languages, List<String> tools) {
    /// What a model is asked for.
    public static final String SCHEMA = """
            {"type":"object","properties":{"workflow":{"type":"string","enum":[%s]},"task":{"type":"string"},\
            "languages":{"type":"array","items":{"type":"string"}},"tools":{"type":"array","items":{"type":"string"}}},\
            "required":["workflow","task","languages","tools"],"additionalProperties":false}""".formatted(
                    Arrays.stream(Workflow.values()).map("\"%s\""::formatted).collect(Collectors.joining(",")));

    private static final int MOST_TEXT = 500;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public Intent {
        languages = List.copyOf(languages);
        tools = List.copyOf(tools);
    }

    /// How a model is asked for it.
    public static String question() {
        return Workflow.text("intent") + "\n" + SCHEMA;
    }

    /// What a model has answered; empty if that is no intent.
    public static Optional<Intent> read(String answer) {
        try {
            JsonNode json = MAPPER.readTree(withoutFence(answer.strip()));
            return Workflow.named(json.path("workflow").asString(""))
                    .map(workflow -> new Intent(
                            workflow,
                            cut(json.path("task").asString("")),
                            words(json.path("languages")),
                            words(json.path("tools"))));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static List<String> words(JsonNode list) {
        return list.values().stream()
                .filter(JsonNode::isString)
                .map(each -> cut(each.stringValue()))
                .limit(20)
                .toList();
    }

    private static String cut(String text) {
        return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT);
    }

    /// Models that only know of the schema from the prompt like to wrap their answer in a block of Markdown.
    private static String withoutFence(String text) {
        int begin = text.indexOf('{');
        int end = text.lastIndexOf('}');
        return text.startsWith("```") && begin >= 0 && end > begin ? text.substring(begin, end + 1) : text;
    }
}
