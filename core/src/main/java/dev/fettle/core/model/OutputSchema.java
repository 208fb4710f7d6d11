package dev.fettle.core.model;

/// What the text of an answer has to be: one JSON value that fits a schema.
///
/// @param name what it is, in `[a-zA-Z0-9_-]{1,64}`; some APIs show it to the model
/// @param schema JSON Schema 2020-12, an object's. APIs enforce it best if every object in it lists all of its
///     properties as `required` and has `"additionalProperties": false`.
public record OutputSchema(String name, String schema) {
    public OutputSchema {
        if (!name.matches("[a-zA-Z0-9_-]{1,64}")) {
            throw new IllegalArgumentException(
                    "`%s` does not name a schema; use 1 to 64 letters, digits, `_` and `-`".formatted(name));
        }
    }
}
