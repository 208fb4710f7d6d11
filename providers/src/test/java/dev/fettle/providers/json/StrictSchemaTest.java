package dev.fettle.providers.json;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class StrictSchemaTest {
    private static final String CLOSED = """
            {"type":"object","properties":{"a":{"type":"string"},"b":{"type":"array","items":%s}},\
            "required":["a","b"],"additionalProperties":false}""";

    @Test
    void eachObjectInItMustBeClosed() {
        assertTrue(StrictSchema.isStrict(CLOSED.formatted(CLOSED.formatted("{\"type\":\"null\"}"))));
        assertFalse(StrictSchema.isStrict("{\"type\":\"object\"}"));
        assertFalse(StrictSchema.isStrict(CLOSED.formatted("{\"properties\":{\"c\":{}}}")));
        assertFalse(StrictSchema.isStrict(CLOSED.formatted("{}").replace(",\"additionalProperties\":false", "")));
        assertFalse(StrictSchema.isStrict(CLOSED.formatted("{}").replace("[\"a\",\"b\"]", "[\"a\"]")));
    }
}
