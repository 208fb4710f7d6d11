package dev.fettle.server.exchange;

import dev.fettle.core.run.Run;
import dev.fettle.core.trace.Correlation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a request leaves for its end: what the log will tell of it beyond its head, and what it has to give back. Used
/// by the request's thread only.
public final class Trail {
    private final List<Runnable> endings = new ArrayList<>();
    private final Correlation correlation;
    private String user = "-";
    private Optional<String> run = Optional.empty();

    public Trail(Correlation correlation) {
        this.correlation = correlation;
    }

    public String user() {
        return user;
    }

    void user(String id) {
        user = id;
        correlation.with(Correlation.Id.USER, id);
    }

    /// The request is about this run, which stands as it does here.
    public void run(Run about) {
        run = Optional.of(about.state().word());
        correlation
                .with(Correlation.Id.RUN, about.id().value())
                .with(Correlation.Id.SESSION, about.session().value());
    }

    /// How the run stood that the request is about.
    public Optional<String> run() {
        return run;
    }

    /// Has something done when the answer was sent, or could not be.
    public void atEnd(Runnable work) {
        endings.add(work);
    }

    /// Does what is to be done at the end; once.
    public void end() {
        endings.forEach(Runnable::run);
        endings.clear();
    }
}
