package dev.fettle.testkit.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON values made from schemas, and such as are no longer quite so.
final class Values {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> WORDS = List.of(
            "a", "haiku", "Zoë", "naïve", "東京", "🦊🦊", "über alles", "line\nbreak", "tab\there", "\"quoted\"", "0");

    /// What nobody expects in a text.
    private static final List<String> ODD = List.of(
            "",
            " ",
            "\u0000",
            "a\u0000b",
            "\ud800",
            "\udfff\ud800",
            "\uffff",
            "\u202etxt.exe",
            "e\u0301\u0301\u0301",
            "\ufeff",
            "../../etc/passwd",
            "'; DROP TABLE sessions; --",
            "${jndi:ldap://x}",
            "%s%n%d",
            "<script>alert(1)</script>",
            "run_00000000000000000000000000000000",
            "ses_ZZZ",
            "null",
            "-1",
            "x".repeat(10_001),
            "🦊".repeat(5_001),
            "2026-13-45T99:99:99Z");

    private static final List<String> NUMBERS = List.of(
            "-1",
            "0",
            "2147483648",
            "-2147483649",
            "9223372036854775808",
            "99999999999999999999999999",
            "1e308",
            "1e999",
            "-0.0",
            "0.1",
            "1" + "0".repeat(120));

    private final ApiDescription api;
    private final Pool pool;
    private final RandomGenerator random;

    Values(ApiDescription api, Pool pool, RandomGenerator random) {
        this.api = api;
        this.pool = pool;
        this.random = random;
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    String oddText() {
        return one(ODD);
    }

    /// One that fits.
    JsonNode valid(JsonNode described) {
        JsonNode schema = api.resolved(described);
        if (schema.has("enum")) {
            return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
        }
        List<String> types = schema.path("type").isArray()
                ? schema.path("type").valueStream().map(JsonNode::asString).toList()
                : List.of(schema.path("type").asString(""));
        return switch (one(types)) {
            case "object" -> object(schema);
            case "array" -> array(schema);
            case "integer" -> JSON.numberNode(whole(schema));
            case "number" -> JSON.numberNode(random.nextInt(1, 100) / 100.0);
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "string" -> JSON.stringNode(text(schema));
            default ->
                random.nextBoolean()
                        ? JSON.stringNode(one(WORDS))
                        : JSON.objectNode().put("a", 1);
        };
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = JSON.objectNode();
        List<String> needed =
                schema.path("required").valueStream().map(JsonNode::asString).toList();
        schema.path("properties").properties().forEach(each -> {
            if (needed.contains(each.getKey()) || random.nextInt(3) == 0) {
                object.set(each.getKey(), valid(each.getValue()));
            }
        });
        return object;
    }

    private ArrayNode array(JsonNode schema) {
        int least = schema.path("minItems").asInt(0);
        ArrayNode array = JSON.arrayNode();
        for (int i = random.nextInt(least, least + 3); i > 0; i--) {
            array.add(valid(schema.path("items")));
        }
        return array;
    }

    private int whole(JsonNode schema) {
        int least = schema.path("minimum").asInt(0);
        return random.nextInt(least, Math.min(schema.path("maximum").asInt(Integer.MAX_VALUE), least + 20));
    }

    private String text(JsonNode schema) {
        if (schema.has("format")) {
            return pool.pick(schema.path("format").asString())
                    .orElse(schema.path("examples").path(0).asString());
        }
        StringBuilder text = new StringBuilder(one(WORDS));
        while (random.nextInt(3) > 0 && text.length() < schema.path("maxLength").asInt(100) - 20) {
            text.append(' ').append(one(WORDS));
        }
        // The only pattern without a format is that of one line.
        return schema.has("pattern") ? text.toString().replaceAll("\\p{Cntrl}", " ") : text.toString();
    }

    /// One with something wrong somewhere; numbers that no tree can hold come as texts that begin with
    /// [#RAW].
    JsonNode spoilt(JsonNode value) {
        if (value.isEmpty() || random.nextInt(6) == 0) {
            return unlike(value);
        }
        return switch (value) {
            case ObjectNode object -> spoiltObject(object.deepCopy());
            case ArrayNode array -> {
                ArrayNode spoilt = array.deepCopy();
                int at = random.nextInt(spoilt.size());
                spoilt.set(at, spoilt(spoilt.get(at)));
                yield spoilt;
            }
            default -> unlike(value);
        };
    }

    private ObjectNode spoiltObject(ObjectNode object) {
        String name = one(new ArrayList<>(object.propertyNames()));
        switch (random.nextInt(5)) {
            case 0 -> object.remove(name);
            case 1 -> object.put(one(List.of("extra", "promt", "__proto__", "", "sessionId", "\u0000", "\ud800")), 1);
            case 2 -> object.putNull(name);
            default -> object.set(name, spoilt(object.get(name)));
        }
        return object;
    }

    static final String RAW = "\u0001raw ";

    private JsonNode unlike(JsonNode value) {
        return switch (random.nextInt(8)) {
            case 0 -> JSON.objectNode().put("x", value.toString());
            case 1 -> JSON.arrayNode().add(value);
            case 2 -> JSON.booleanNode(random.nextBoolean());
            case 3, 4 -> JSON.stringNode(RAW + one(NUMBERS));
            default -> JSON.stringNode(oddText());
        };
    }
}
