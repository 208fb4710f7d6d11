package dev.fettle.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.core.usage.Limit;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class OutcomeTest {
    private static final List<Outcome> ALL = List.of(
            new Outcome.Completed(),
            new Outcome.Failed(Outcome.Cause.OTHER, "failed"),
            new Outcome.Cancelled(),
            new Outcome.LimitReached(Limit.STEPS, "steps"),
            new Outcome.LimitReached(Limit.TIME, "time"),
            new Outcome.LimitReached(Limit.BUDGET, "budget"),
            new Outcome.LoopDetected("loop"),
            new Outcome.Denied("denied"),
            new Outcome.Failed(Outcome.Cause.AUTH, "auth"),
            new Outcome.Failed(Outcome.Cause.PROVIDER_UNAVAILABLE, "provider"));

    @Test
    void everyStatusComesFromExactlyOneOutcome() {
        assertEquals(
                Arrays.asList(Status.values()),
                ALL.stream().map(Outcome::status).toList());
    }

    @Test
    void statusesAreTheWordsUsedEverywhere() {
        assertEquals(
                Set.of(
                        "completed",
                        "failed",
                        "cancelled",
                        "limit_steps",
                        "limit_time",
                        "limit_budget",
                        "loop_detected",
                        "denied",
                        "auth_error",
                        "provider_unavailable"),
                Arrays.stream(Status.values()).map(Status::word).collect(Collectors.toSet()));
    }

    @Test
    void theMessageSaysWhatTheStatusDoesNot() {
        assertEquals(
                List.of("", "failed", "", "steps", "time", "budget", "loop", "denied", "auth", "provider"),
                ALL.stream().map(Outcome::message).toList());
    }

    @Test
    void aSessionThatCannotBeHadSaysWhyAndOfWhatKind() {
        IOException cause = new IOException("disk");
        SessionException storage = new SessionException(SessionException.Kind.STORAGE, "Cannot keep it", cause);

        assertEquals(SessionException.Kind.STORAGE, storage.kind());
        assertEquals("Cannot keep it", storage.getMessage());
        assertEquals(cause, storage.getCause());
        assertEquals(SessionException.Kind.BUSY, new SessionException(SessionException.Kind.BUSY, "Wait").kind());
    }
}
