package dev.fettle.server.exchange;

import dev.fettle.core.run.Run;
import dev.fettle.core.trace.Correlation;
import java.util.Optional;

/// What the log will tell of a request beyond its head, filled in on the way. Used by the request's thread
/// only.
public final class Trail {
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
}
