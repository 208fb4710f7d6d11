package dev.fettle.core.message;

/// A model asks for a tool to be run. Each call gets exactly one [ToolResult].
///
/// @param id unique within the session
/// @param arguments the JSON text as the model wrote it; it may be malformed
public record ToolCall(String id, String name, String arguments) implements ContentBlock {}
