package dev.fettle.server.token;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.fettle.server.problem.Problem;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys that an identity provider publishes (RFC 7517 §5), as they were when it was asked last.
///
/// It is asked on a thread of its own, so that nobody who hangs up breaks that off, and at most every 30
/// seconds, so that nobody makes us ask it all day by naming keys that do not exist. Whoever names a key that
/// is known does not wait, also when the keys are old and it is asked again. While it is away the keys known
/// stay good.
public final class PublishedKeys {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedKeys.class);
    private static final Duration FRESH = Duration.ofMinutes(15);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MS_OF_SILENCE = 2_000;
    private static final int MOST_BYTES = 256 << 10;

    private final Source source;
    private final InstantSource clock;
    private final Duration patience;
    private volatile Optional<JWKSet> known = Optional.empty();
    private volatile Instant staleAt = Instant.MIN;
    private Instant mayAskAt = Instant.MIN;
    private Optional<FutureTask<Void>> asking = Optional.empty();

    /// Where keys come from.
    interface Source {
        JWKSet load() throws IOException, ParseException;
    }

    PublishedKeys(Source source, InstantSource clock, Duration patience) {
        this.source = source;
        this.clock = clock;
        this.patience = patience;
    }

    /// The keys at an address. It is asked when the first token comes.
    public static PublishedKeys at(URI address, InstantSource clock) {
        try {
            URL url = address.toURL();
            return new PublishedKeys(() -> JWKSet.load(url, MS_OF_SILENCE, MS_OF_SILENCE, MOST_BYTES), clock, PATIENCE);
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("Keys cannot be had from " + address, e);
        }
    }

    /// The key of that name, or if none is named the only key there is.
    ///
    /// @throws dev.fettle.server.problem.ProblemException with 503 if no keys were ever to be had
    Optional<JWK> find(Optional<String> name) {
        Optional<JWK> key = among(known, name);
        if (key.isEmpty()) {
            ask().ifPresent(this::await);
            key = among(known, name);
        } else if (!clock.instant().isBefore(staleAt)) {
            ask();
        }
        if (known.isEmpty()) {
            throw new Problem(503, "Tokens cannot be checked just now; try again.")
                    .with("Retry-After", "5")
                    .exception();
        }
        return key;
    }

    private static Optional<JWK> among(Optional<JWKSet> keys, Optional<String> name) {
        List<JWK> all = keys.map(JWKSet::getKeys).orElse(List.of());
        return name.isEmpty()
                ? all.stream().filter(_ -> all.size() == 1).findFirst()
                : all.stream().filter(key -> name.get().equals(key.getKeyID())).findFirst();
    }

    /// The asking that is under way, after it was begun if that may be.
    private synchronized Optional<FutureTask<Void>> ask() {
        Instant now = clock.instant();
        asking = asking.filter(task -> !task.isDone());
        if (asking.isEmpty() && !now.isBefore(mayAskAt)) {
            mayAskAt = now.plus(PAUSE);
            FutureTask<Void> task = new FutureTask<>(this::load, null);
            asking = Optional.of(task);
            Thread.ofVirtual().name("published-keys").start(task);
        }
        return asking;
    }

    private void load() {
        try {
            JWKSet loaded = source.load();
            known = Optional.of(loaded);
            staleAt = clock.instant().plus(FRESH);
        } catch (IOException | ParseException | RuntimeException e) {
            LOG.warn(
                    "The keys of the identity provider cannot be had; those that are known stay good: {}",
                    e.toString());
        }
    }

    /// Who sends so slowly is asked anew, later.
    private void await(FutureTask<Void> task) {
        try {
            task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            task.cancel(true);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Asking for keys fails with a bug", e);
        }
    }
}
