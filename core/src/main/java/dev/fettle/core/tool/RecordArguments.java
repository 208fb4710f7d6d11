package dev.fettle.core.tool;

import com.fasterxml.jackson.annotation.Nulls;
import dev.fettle.core.text.Nearest;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// Decodes a model's JSON into a record, or says what was expected in words a model can act on.
public final class RecordArguments {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
            .build();

    private RecordArguments() {}

    /// The arguments that a JSON text stands for.
    ///
    /// @throws ToolException if it is not what was expected
    public static <A extends Record> A decode(String tool, Class<A> type, String json) {
        JsonNode node = parse(tool, type, json);
        complaint(tool, type, node, "").ifPresent(complaint -> {
            throw new ToolException(complaint + " " + expected(type));
        });
        try {
            return MAPPER.treeToValue(node, type);
        } catch (DatabindException e) {
            throw new ToolException(
                    "`%s` cannot use these arguments: %s. %s".formatted(tool, reason(e), expected(type)));
        }
    }

    /// What is unknown or missing, in records inside the record too.
    ///
    /// @param place where `node` is, as in `edits[0].`
    private static Optional<String> complaint(String tool, Class<?> type, JsonNode node, String place) {
        for (String given : node.propertyNames()) {
            if (!names(type).contains(given)) {
                String suggestion = Nearest.to(given, names(type))
                        .map(near -> "; did you mean `%s`?".formatted(place + near))
                        .orElse(".");
                return Optional.of(
                        "`%s` has no argument `%s`%s".formatted(tool, place + Nearest.quotable(given), suggestion));
            }
        }
        for (RecordComponent component : type.getRecordComponents()) {
            String name = place + RecordSchema.name(component);
            if (!node.hasNonNull(RecordSchema.name(component))) {
                if (component.getType() != Optional.class) {
                    return Optional.of("`%s` needs the argument `%s`.".formatted(tool, name));
                }
                continue;
            }
            Optional<String> inside =
                    complaintInside(tool, component.getGenericType(), node.get(RecordSchema.name(component)), name);
            if (inside.isPresent()) {
                return inside;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> complaintInside(String tool, Type type, JsonNode node, String place) {
        if (type instanceof ParameterizedType generic) {
            Type inner = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == Optional.class) {
                return complaintInside(tool, inner, node, place);
            }
            return IntStream.range(0, node.isArray() ? node.size() : 0)
                    .mapToObj(i -> complaintInside(tool, inner, node.get(i), "%s[%d]".formatted(place, i)))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return type instanceof Class<?> plain && plain.isRecord() && node.isObject()
                ? complaint(tool, plain, node, place + ".")
                : Optional.empty();
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
                        : "." + reference.getPropertyName())
                .collect(Collectors.joining());
        return where.isEmpty() ? e.getOriginalMessage() : "`%s` has the wrong type".formatted(where.substring(1));
    }

    private static List<String> names(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).map(RecordSchema::name).toList();
    }

    private static String expected(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> "%s (%s)".formatted(RecordSchema.name(component), word(component.getGenericType())))
                .collect(Collectors.joining(", ", "Arguments: ", "."));
    }

    private static String word(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == Optional.class
                    ? word(generic.getActualTypeArguments()[0]) + ", optional"
                    : "list";
        }
        if (type instanceof Class<?> plain && plain.isEnum()) {
            return Arrays.stream(plain.getEnumConstants())
                    .map(Object::toString)
                    .collect(Collectors.joining("|", "one of ", ""));
        }
        if (type instanceof Class<?> plain && plain.isRecord()) {
            return "object";
        }
        if (type == String.class) {
            return "string";
        }
        return type == boolean.class || type == Boolean.class ? "boolean" : "integer";
    }
}
