package dev.fettle.testkit.server;

import dev.fettle.core.model.ModelResponse;

/// What the server does with one request.
public sealed interface Step permits Step.Answer, Fault {

    /// Streams an answer in the dialect of the request, text and arguments in several pieces.
    record Answer(ModelResponse response) implements Step {}
}
