package dev.fettle.core.tool;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Decodes a model's JSON into a record, or says what was expected in words a model can act on.
final class RecordArguments {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private RecordArguments() {}

    static <A extends Record> A decode(String tool, Class<A> type, String json) {
        JsonNode node = parse(tool, type, json);
        for (String given : node.propertyNames()) {
            if (!names(type).contains(given)) {
                String suggestion = Nearest.to(given, names(type))
                        .map("; did you mean `%s`?"::formatted)
                        .orElse(".");
                throw new ToolException(
                        "`%s` has no argument `%s`%s %s".formatted(tool, given, suggestion, expected(type)));
            }
        }
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType() != Optional.class && !node.hasNonNull(RecordSchema.name(component))) {
                throw new ToolException("`%s` needs the argument `%s`. %s"
                        .formatted(tool, RecordSchema.name(component), expected(type)));
            }
        }
        try {
            return MAPPER.treeToValue(node, type);
        } catch (DatabindException e) {
            throw new ToolException(
                    "`%s` cannot use these arguments: %s. %s".formatted(tool, reason(e), expected(type)));
        }
    }

    private static JsonNode parse(String tool, Class<? extends Record> type, String json) {
        try {
            JsonNode node = MAPPER.readTree(json.isBlank() ? "{}" : json);
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException e) {
            throw new ToolException("The arguments of `%s` are not valid JSON (%s). Send one JSON object. %s"
                    .formatted(tool, e.getOriginalMessage(), expected(type)));
        }
        throw new ToolException("The arguments of `%s` must be one JSON object. %s".formatted(tool, expected(type)));
    }

    private static String reason(DatabindException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException && cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        String where = e.getPath().stream()
                .map(reference -> reference.getPropertyName() == null
                        ? "[" + reference.getIndex() + "]"
                        : reference.getPropertyName())
                .collect(Collectors.joining("."));
        return where.isEmpty() ? e.getOriginalMessage() : "`%s` has the wrong type".formatted(where);
    }

    private static List<String> names(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents()).map(RecordSchema::name).toList();
    }

    private static String expected(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> "%s (%s)".formatted(RecordSchema.name(component), word(component)))
                .collect(Collectors.joining(", ", "Arguments: ", "."));
    }

    private static String word(RecordComponent component) {
        String type = component.getGenericType().getTypeName();
        boolean optional = component.getType() == Optional.class;
        String inner = optional ? type.substring(type.indexOf('<') + 1, type.length() - 1) : type;
        String word = inner.startsWith("java.util.List") ? "list" : inner.substring(inner.lastIndexOf('.') + 1);
        return word.toLowerCase(java.util.Locale.ROOT).replace("int", "integer").replace("integereger", "integer")
                + (optional ? ", optional" : "");
    }
}
