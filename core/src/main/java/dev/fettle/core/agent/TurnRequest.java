package dev.fettle.core.agent;

import dev.fettle.core.message.Image;
import dev.fettle.core.session.SessionId;
import java.util.List;

/// Something a user wants done.
public record TurnRequest(Target target, String prompt, List<Image> images) {
    public TurnRequest {
        images = List.copyOf(images);
        if (prompt.isBlank()) {
            throw new IllegalArgumentException("A turn needs a prompt; the given one is empty");
        }
    }

    /// Which session the turn belongs to.
    public sealed interface Target {
        record NewSession() implements Target {}

        /// One that is there.
        sealed interface Existing extends Target {}

        /// The session that last changed in the same workspace.
        record LatestSession() implements Existing {}

        record GivenSession(SessionId id) implements Existing {}
    }
}
