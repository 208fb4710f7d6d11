package dev.fettle.core.tool;

/// How a tool is presented to a model.
///
/// @param name `[a-zA-Z0-9_-]{1,64}`, the pattern all providers accept
/// @param schema the JSON Schema of its arguments, as JSON text so that requests stay byte-stable
public record ToolSpec(String name, String description, String schema) {
    public ToolSpec {
        if (!name.matches("[a-zA-Z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("Not a tool name that providers accept: `%s`".formatted(name));
        }
    }
}
