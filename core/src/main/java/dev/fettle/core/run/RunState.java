package dev.fettle.core.run;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.Status;

/// How a run stands.
public sealed interface RunState {
    /// Behind others: of its session, of its user, or of all.
    record Queued() implements RunState {}

    /// The next worker with a free place takes it.
    record Ready() implements RunState {}

    /// A worker has it, or has died with it.
    ///
    /// @param worker for people
    record Running(String worker) implements RunState {}

    /// It goes on when somebody has answered. Until then it costs nothing.
    record Waiting(Event.ApprovalAsked question) implements RunState {}

    /// It has ended.
    ///
    /// @param message one sentence for a person; may be empty
    record Ended(Status status, String message) implements RunState {}

    /// In the words used everywhere: `queued`, `ready`, `running`, `waiting`, or a [Status].
    default String word() {
        return switch (this) {
            case Queued _ -> "queued";
            case Ready _ -> "ready";
            case Running _ -> "running";
            case Waiting _ -> "waiting";
            case Ended ended -> ended.status().word();
        };
    }
}
