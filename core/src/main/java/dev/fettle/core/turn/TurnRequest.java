package dev.fettle.core.turn;

import dev.fettle.core.message.Image;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.RunId;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.workflow.Workflow;
import java.util.List;
import java.util.Optional;

/// Something a user wants done.
///
/// @param run the queued run that wants it; its turn is begun once, however often the run is taken up
/// @param workflow how to go about it; empty if nobody has said that
/// @param restored what to tell the model of the working tree before the turn goes on
public record TurnRequest(
        Target target,
        String prompt,
        List<Image> images,
        Optional<Workflow> workflow,
        Optional<RunId> run,
        Optional<Event.Restored> restored) {
    public TurnRequest {
        images = List.copyOf(images);
        if (prompt.isBlank()) {
            throw new IllegalArgumentException("A turn needs a prompt; the given one is empty");
        }
    }

    public TurnRequest(Target target, String prompt, List<Image> images) {
        this(target, prompt, images, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// The same, to be gone about in a given way.
    public TurnRequest as(Workflow given) {
        return new TurnRequest(target, prompt, images, Optional.of(given), run, restored);
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
