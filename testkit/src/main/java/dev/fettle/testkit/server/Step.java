package dev.fettle.testkit.server;

import dev.fettle.core.model.ModelResponse;
import java.time.Duration;

/// What the server does with one request.
public sealed interface Step permits Step.Answer, Step.Paced, Fault {

    /// Streams an answer in the dialect of the request, text and arguments in several pieces.
    record Answer(ModelResponse response) implements Step {}

    /// The same, with a pause after each event, as a model takes its time. Ends early when the server is closed.
    record Paced(ModelResponse response, Duration pause) implements Step {}
}
