package dev.fettle.server.openapi;

import dev.fettle.server.json.Field;
import dev.fettle.server.json.TextForm;
import dev.fettle.server.json.TextRules;
import dev.fettle.server.json.Within;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The JSON Schemas (2020-12) of records, as [WireJson] reads and writes them. Of its own making, because
/// the reading is: a library would have to be told about each kind of component what is known here anyway.
///
/// What is part of a body is closed, since unknown fields are refused. Answers are open: clients must not
/// fall over a field that is added.
final class Schemas {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final TextRules texts;
    private final Map<String, ObjectNode> named = new LinkedHashMap<>();
    private final Map<String, Class<?>> owners = new HashMap<>();

    /// Which way something goes.
    private enum Way {
        IN,
        OUT
    }

    Schemas(TextRules texts) {
        this.texts = texts;
    }

    /// Bodies come before answers: a record that is both is closed.
    ObjectNode body(Class<? extends Record> type) {
        return reference(type, Way.IN);
    }

    ObjectNode answer(Class<? extends Record> type) {
        return reference(type, Way.OUT);
    }

    /// All that were referred to so far, by name.
    Map<String, ObjectNode> all() {
        return named;
    }

    private ObjectNode reference(Class<?> type, Way way) {
        String name = name(type);
        Class<?> owner = owners.putIfAbsent(name, type);
        if (owner == null) {
            ObjectNode schema = JSON.objectNode();
            named.put(name, schema);
            fill(schema, type, way);
        } else if (owner != type) {
            throw new IllegalStateException("%s and %s would both be called %s".formatted(owner, type, name));
        }
        return JSON.objectNode().put("$ref", "#/components/schemas/" + name);
    }

    /// A record within another is called after both: `KeyRoutes.View` is a `KeyView`, `RunRoutes.RunList` a
    /// `RunList`.
    static String name(Class<?> type) {
        Class<?> around = type.getEnclosingClass();
        if (around == null) {
            return type.getSimpleName();
        }
        String prefix = around.getSimpleName().replaceAll("(Routes|View)$", "");
        return type.getSimpleName().startsWith(prefix) ? type.getSimpleName() : prefix + type.getSimpleName();
    }

    private void fill(ObjectNode schema, Class<?> type, Way way) {
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        for (Field field : Field.of(type)) {
            properties.set(field.name(), property(field, way));
            if (field.isNeeded()) {
                required.add(field.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        if (way == Way.IN) {
            schema.put("additionalProperties", false);
        }
    }

    private ObjectNode property(Field field, Way way) {
        ObjectNode schema = field.each().isPresent()
                ? list(reference(field.each().get(), way))
                : schema(field.type(), way, field.maxText());
        field.form().ifPresent(form -> form(innermost(schema), form));
        field.bounds().ifPresent(bounds -> bound(schema, bounds));
        return schema;
    }

    private static ObjectNode innermost(ObjectNode schema) {
        return schema.get("items") instanceof ObjectNode items ? items : schema;
    }

    private static void bound(ObjectNode schema, Within bounds) {
        boolean isList = schema.has("items");
        schema.put(isList ? "minItems" : "minimum", bounds.least());
        if (bounds.most() != Integer.MAX_VALUE) {
            schema.put(isList ? "maxItems" : "maximum", bounds.most());
        }
    }

    /// Bytes of any kind.
    static ObjectNode file() {
        return typed("string").put("format", "binary");
    }

    /// A text of this form. Where any JSON is taken, a number is as good: of money.
    static void form(ObjectNode schema, TextForm form) {
        if (!schema.has("type")) {
            schema.putArray("type").add("string").add("number");
        }
        form.format().ifPresent(format -> schema.put("format", format));
        form.pattern().ifPresent(pattern -> schema.put("pattern", pattern));
        if (!form.words().isEmpty()) {
            ArrayNode words = schema.putArray("enum");
            form.words().forEach(words::add);
        }
        schema.putArray("examples").add(form.example());
    }

    private ObjectNode schema(Type type, Way way, OptionalInt longest) {
        return switch (type) {
            case ParameterizedType generic -> generic(generic, way, longest);
            case Class<?> plain when plain.isRecord() -> reference(plain, way);
            case Class<?> plain when plain.isEnum() -> words(plain);
            case Class<?> plain when plain == String.class -> text(way, longest);
            case Class<?> plain when plain == boolean.class || plain == Boolean.class -> typed("boolean");
            case Class<?> plain
            when plain == int.class || plain == Integer.class ->
                typed("integer").put("format", "int32");
            case Class<?> plain
            when plain == long.class || plain == Long.class -> typed("integer").put("format", "int64");
            case Class<?> plain
            when plain == double.class || plain == Double.class ->
                typed("number").put("format", "double");
            case Class<?> plain
            when plain == Instant.class -> {
                ObjectNode schema = typed("string");
                form(schema, TextForm.TIME);
                yield schema;
            }
            case Class<?> plain when plain == JsonNode.class -> JSON.objectNode();
            default -> throw new IllegalStateException("Nobody has said how JSON shows " + type);
        };
    }

    private ObjectNode generic(ParameterizedType generic, Way way, OptionalInt longest) {
        Type[] inner = generic.getActualTypeArguments();
        if (generic.getRawType() == Optional.class) {
            return schema(inner[0], way, longest);
        }
        if (generic.getRawType() == List.class) {
            return list(schema(inner[0], way, longest));
        }
        if (generic.getRawType() == Map.class && inner[0] == String.class) {
            ObjectNode schema = typed("object");
            schema.set("additionalProperties", schema(inner[1], way, longest));
            return schema;
        }
        throw new IllegalStateException("Nobody has said how JSON shows " + generic);
    }

    private static ObjectNode typed(String type) {
        return JSON.objectNode().put("type", type);
    }

    private static ObjectNode list(ObjectNode items) {
        ObjectNode schema = typed("array");
        schema.set("items", items);
        return schema;
    }

    private static ObjectNode words(Class<?> type) {
        ObjectNode schema = typed("string");
        ArrayNode words = schema.putArray("enum");
        for (Object constant : type.getEnumConstants()) {
            words.add(constant.toString());
        }
        return schema;
    }

    private ObjectNode text(Way way, OptionalInt longest) {
        ObjectNode schema = typed("string");
        return way == Way.IN ? schema.put("maxLength", longest.orElse(texts.longest())) : schema;
    }
}
