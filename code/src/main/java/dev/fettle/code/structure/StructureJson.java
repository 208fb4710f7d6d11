package dev.fettle.code.structure;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A structure for programs: all of it, with the names of its components in `snake_case`.
public final class StructureJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private StructureJson() {}

    public static String of(Structure structure) {
        return MAPPER.writeValueAsString(structure);
    }
}
