package dev.fettle.server.api.chat;

import dev.fettle.server.api.run.RunWait;
import dev.fettle.server.json.Form;
import dev.fettle.server.json.TextForm;

/// What there is to know of an answer besides its text.
///
/// @param status as everywhere: `completed`, `failed`, …
/// @param message why it is not `completed`; may be empty
/// @param cost in US dollars
/// @param cached whether the answer was given before, and cost nothing this time
record Outcome(
        @Form(TextForm.RUN_ID) String runId,
        @Form(TextForm.SESSION_ID) String sessionId,
        @Form(TextForm.RUN_STATUS) String status,
        String message,
        int steps,
        long tokens,
        @Form(TextForm.MONEY) String cost,
        boolean cached) {

    static Outcome of(RunWait.Finished finished) {
        return new Outcome(
                finished.run().runId(),
                finished.run().sessionId(),
                finished.run().status(),
                finished.run().message(),
                finished.result().steps(),
                finished.result().tokens(),
                finished.result().cost(),
                finished.isAgain());
    }
}
