package dev.fettle.server.api.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fettle.core.session.SessionException;
import dev.fettle.server.exchange.Caller;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Who was let in within the last two seconds, so that a busy client does not cost a look into the database each time;
/// as long may somebody still get in who was shut out by another process.
public final class Remembered {
    private static final Duration TIME = Duration.ofSeconds(2);
    private static final int MOST = 10_000;

    private final Cache<String, Caller> known;

    public Remembered(InstantSource clock) {
        this.known = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(TIME)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    /// Looks everybody up anew from here on, as when a key was revoked.
    public void forget() {
        known.invalidateAll();
    }

    /// Who it was, or who it is found to be.
    ///
    /// @param name what they showed, as it may be kept: no secret
    /// @throws dev.fettle.server.problem.ProblemException with 503 if the database is away
    Optional<Caller> caller(String name, Supplier<Optional<Caller>> look) {
        Optional<Caller> remembered = Optional.ofNullable(known.getIfPresent(name));
        if (remembered.isPresent()) {
            return remembered;
        }
        try {
            Optional<Caller> found = look.get();
            found.ifPresent(each -> known.put(name, each));
            return found;
        } catch (SessionException e) {
            throw Troubles.problem(e).exception();
        }
    }
}
