package dev.fettle.server.api.chat;

import dev.fettle.server.api.run.RunWait;

/// What there is to know of an answer besides its text.
///
/// @param status as everywhere: `completed`, `failed`, …
/// @param message why it is not `completed`; may be empty
/// @param cost in US dollars
record Outcome(String runId, String sessionId, String status, String message, int steps, long tokens, String cost) {

    static Outcome of(RunWait.Finished finished) {
        return new Outcome(
                finished.run().runId(),
                finished.run().sessionId(),
                finished.run().status(),
                finished.run().message(),
                finished.result().steps(),
                finished.result().tokens(),
                finished.result().cost());
    }
}
