package dev.fettle.core.monitor;

import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.session.Status;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Spending;
import dev.fettle.core.usage.Usage;
import java.time.Duration;
import java.util.Optional;

/// Something that counts. Names in it may be anybody's invention unless it says otherwise; whoever keeps a number for
/// each has to bound them.
public sealed interface Occurrence {

    /// A request over HTTP has been answered.
    ///
    /// @param endpoint the route's pattern, or `-`
    /// @param status 499 where the client did not wait for the answer
    /// @param run how the run stood that the request was about, in the words of the queue
    /// @param isStream whether it lasted as long as somebody listened, which says nothing of how fast it was
    record Served(String method, String endpoint, int status, Duration took, Optional<String> run, boolean isStream)
            implements Occurrence {}

    /// The agent was asked for something over HTTP.
    ///
    /// @param type what for, one of a few words: `chat`, `generate`
    /// @param status how it came out: the word of the run's end, or `accepted`, `refused`, `failed`, `cancelled`
    record Requested(String type, String status, Duration took) implements Occurrence {}

    /// This process has taken up a turn.
    ///
    /// @param queued how long its run waited for that; empty if another process had it before
    record TurnTaken(Optional<Duration> queued) implements Occurrence {}

    /// This process has a turn no more: it ended, waits, or was handed over.
    record TurnLeft() implements Occurrence {}

    /// A turn has ended.
    ///
    /// @param took from when a process first took it up, or the turn began
    record TurnEnded(Status status, Duration took) implements Occurrence {}

    /// A model call has brought an answer.
    record ModelAnswered(String model, Usage usage, Money cost, Duration took) implements Occurrence {}

    /// A tool has asked a model.
    record ModelsAsked(Spending spending) implements Occurrence {}

    /// A model call has failed for good.
    record ModelFailed(String model, ModelException.Kind kind) implements Occurrence {}

    /// A call has its one answer.
    ///
    /// @param tool what the model called; empty if it did so in another process
    /// @param wasRun whether it was started, so that there is a tool of that name
    record ToolAnswered(String tool, ToolResult.Kind kind, boolean wasRun, Duration took) implements Occurrence {}

    /// An answer was looked for in a cache.
    record CacheAsked(boolean isHit) implements Occurrence {}
}
