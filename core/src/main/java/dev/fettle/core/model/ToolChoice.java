package dev.fettle.core.model;

/// Whether a model may, must or must not call tools in its next answer.
public sealed interface ToolChoice {
    ToolChoice AUTO = new Auto();

    /// The model decides. Nothing is sent: it is every API's default.
    record Auto() implements ToolChoice {}

    record None() implements ToolChoice {}

    /// At least one call, of any tool.
    record Required() implements ToolChoice {}

    /// A call of this tool.
    record Named(String tool) implements ToolChoice {}
}
