package dev.fettle.core.model;

/// A piece of something that is still under way, for showing only: nothing is decided by it, and it may be
/// lost.
public sealed interface Delta {
    record Text(String text) implements Delta {}

    record Reasoning(String text) implements Delta {}

    /// A tool call has begun to arrive; its arguments follow later, whole.
    record CallBegun(String name) implements Delta {}

    /// Output of a running tool.
    record ToolOutput(String callId, String text) implements Delta {}
}
