package dev.fettle.core.session;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.fettle.core.usage.Limit;

/// How a turn ended, with what there is to say about it.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Outcome.Completed.class, name = "completed"),
    @JsonSubTypes.Type(value = Outcome.Cancelled.class, name = "cancelled"),
    @JsonSubTypes.Type(value = Outcome.LimitReached.class, name = "limit_reached"),
    @JsonSubTypes.Type(value = Outcome.LoopDetected.class, name = "loop_detected"),
    @JsonSubTypes.Type(value = Outcome.Denied.class, name = "denied"),
    @JsonSubTypes.Type(value = Outcome.Failed.class, name = "failed"),
})
public sealed interface Outcome {
    record Completed() implements Outcome {}

    record Cancelled() implements Outcome {}

    record LimitReached(Limit limit, String message) implements Outcome {}

    record LoopDetected(String message) implements Outcome {}

    /// The model finished, but something it wanted was not allowed and nobody could be asked.
    record Denied(String message) implements Outcome {}

    record Failed(Cause cause, String message) implements Outcome {}

    enum Cause {
        @JsonProperty("auth")
        AUTH,
        @JsonProperty("provider_unavailable")
        PROVIDER_UNAVAILABLE,
        @JsonProperty("other")
        OTHER
    }

    default Status status() {
        return switch (this) {
            case Completed _ -> Status.COMPLETED;
            case Cancelled _ -> Status.CANCELLED;
            case LimitReached reached ->
                switch (reached.limit()) {
                    case STEPS -> Status.LIMIT_STEPS;
                    case TIME -> Status.LIMIT_TIME;
                    case BUDGET -> Status.LIMIT_BUDGET;
                };
            case LoopDetected _ -> Status.LOOP_DETECTED;
            case Denied _ -> Status.DENIED;
            case Failed failed ->
                switch (failed.cause()) {
                    case AUTH -> Status.AUTH_ERROR;
                    case PROVIDER_UNAVAILABLE -> Status.PROVIDER_UNAVAILABLE;
                    case OTHER -> Status.FAILED;
                };
        };
    }

    /// One sentence for a person; empty when the status says it all.
    default String message() {
        return switch (this) {
            case Completed _, Cancelled _ -> "";
            case LimitReached reached -> reached.message;
            case LoopDetected loop -> loop.message;
            case Denied denied -> denied.message;
            case Failed failed -> failed.message;
        };
    }
}
