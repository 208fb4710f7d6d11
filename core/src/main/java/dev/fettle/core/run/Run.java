package dev.fettle.core.run;

import dev.fettle.core.session.RunId;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.trace.Correlation;
import dev.fettle.core.trace.Trace;
import java.time.Instant;
import java.util.Optional;

/// A turn that somebody has asked for, carried out by workers.
///
/// @param user whose it is
/// @param crashes how many workers in a row have died with it before it got any further
/// @param isCancelled whether somebody wants it to end; it may still be under way
/// @param startedAt when a worker first took it
public record Run(
        RunId id,
        SessionId session,
        String user,
        RunRequest request,
        RunState state,
        int crashes,
        boolean isCancelled,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt) {

    /// What the log's lines about it say: the trace of whoever ordered it, or else one that its id names.
    public Correlation correlation() {
        Trace trace = Optional.ofNullable(request.settings().get(Trace.NAME))
                .flatMap(Trace::parse)
                .map(Trace::next)
                .orElseGet(() -> Trace.named(id.value()));
        return new Correlation(trace)
                .with(Correlation.Id.RUN, id.value())
                .with(Correlation.Id.SESSION, session.value())
                .with(Correlation.Id.USER, user);
    }

    public boolean hasEnded() {
        return state instanceof RunState.Ended;
    }
}
