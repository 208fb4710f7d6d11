package dev.fettle.core.tool;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Derives the JSON Schema (2020-12, the subset all providers accept) of a record.
final class RecordSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /// Tools are put together for each run, their records stay the same.
    private static final ClassValue<String> KNOWN = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            return object(type).toString();
        }
    };

    private RecordSchema() {}

    static String of(Class<? extends Record> type) {
        return KNOWN.get(type);
    }

    private static ObjectNode object(Class<?> type) {
        ObjectNode properties = JSON.objectNode();
        ArrayNode required = JSON.arrayNode();
        for (RecordComponent component : type.getRecordComponents()) {
            properties.set(name(component), property(component));
            if (component.getType() != Optional.class) {
                required.add(name(component));
            }
        }
        ObjectNode schema = JSON.objectNode().put("type", "object");
        schema.set("properties", properties);
        schema.set("required", required);
        return schema.put("additionalProperties", false);
    }

    /// What models call the argument: the component's name in `snake_case`, or what `@JsonProperty` says where Java
    /// does not allow the name, as with `new`.
    static String name(RecordComponent component) {
        JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
        return renamed == null ? snakeCase(component.getName()) : renamed.value();
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static ObjectNode property(RecordComponent component) {
        ObjectNode schema = schema(component.getGenericType());
        Describe describe = component.getAnnotation(Describe.class);
        return describe == null ? schema : schema.put("description", describe.value());
    }

    private static ObjectNode schema(Type type) {
        if (type instanceof ParameterizedType generic) {
            ObjectNode inner = schema(generic.getActualTypeArguments()[0]);
            if (generic.getRawType() == Optional.class) {
                return inner;
            }
            if (generic.getRawType() == List.class) {
                ObjectNode array = JSON.objectNode().put("type", "array");
                array.set("items", inner);
                return array;
            }
        }
        if (type instanceof Class<?> plain) {
            if (plain == String.class) {
                return JSON.objectNode().put("type", "string");
            }
            if (plain == int.class || plain == long.class || plain == Integer.class || plain == Long.class) {
                return JSON.objectNode().put("type", "integer");
            }
            if (plain == boolean.class || plain == Boolean.class) {
                return JSON.objectNode().put("type", "boolean");
            }
            if (plain.isEnum()) {
                ArrayNode values = JSON.arrayNode();
                Arrays.stream(plain.getEnumConstants()).forEach(value -> values.add(value.toString()));
                ObjectNode schema = JSON.objectNode().put("type", "string");
                schema.set("enum", values);
                return schema;
            }
            if (plain.isRecord()) {
                return object(plain);
            }
        }
        throw new IllegalArgumentException("A tool's arguments cannot contain " + type);
    }
}
