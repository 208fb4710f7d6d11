package dev.fettle.providers.json;

import tools.jackson.databind.JsonNode;

/// Whether a JSON Schema is of the kind that OpenAI's servers can enforce to the letter: in each of its objects all
/// properties are required and no others are allowed (developers.openai.com/api/docs/guides/structured-outputs).
public final class StrictSchema {
    private StrictSchema() {}

    public static boolean isStrict(String schema) {
        return isStrict(Json.parse(schema));
    }

    private static boolean isStrict(JsonNode schema) {
        boolean isObject =
                schema.has("properties") || schema.path("type").asString("").equals("object");
        if (isObject && !isClosed(schema)) {
            return false;
        }
        for (JsonNode part : schema) {
            if (part.isContainer() && !isStrict(part)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isClosed(JsonNode object) {
        return object.path("additionalProperties").isBoolean()
                && !object.path("additionalProperties").asBoolean()
                && object.path("required").size() == object.path("properties").size();
    }
}
