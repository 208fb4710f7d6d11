package dev.fettle.core.model;

import java.time.Duration;

/// A piece of something that is still under way, for showing only: nothing is decided by it, and it may be
/// lost.
public sealed interface Delta {
    record Text(String text) implements Delta {}

    /// Thinking. An empty piece shows nothing and says that the answer has begun.
    record Reasoning(String text) implements Delta {}

    /// A tool call has begun to arrive; its arguments follow later, whole.
    record CallBegun(String name) implements Delta {}

    /// Output of a running tool.
    record ToolOutput(String callId, String text) implements Delta {}

    /// The answer broke off: what was shown of it does not count, and if it comes again, it comes from its
    /// beginning.
    record Discarded(String reason) implements Delta {}

    /// Nothing happens for a while, and then the same request is sent again.
    record Waiting(Duration time, String reason) implements Delta {}

    /// Another model answers from here on.
    ///
    /// @param from `provider/id`
    /// @param to `provider/id`
    /// @param reason why `from` does not
    record Switched(String from, String to, String reason) implements Delta {}
}
