package dev.fettle.server.api.state;

import dev.fettle.server.api.state.Dependency.Condition;
import dev.fettle.server.api.state.Dependency.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How everything stands that the service needs. What was found is good for a while, however many ask.
public final class Checkup {
    private static final Logger LOG = LoggerFactory.getLogger(Checkup.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final List<Probe> probes;
    private final InstantSource clock;

    public Checkup(List<Dependency> dependencies, InstantSource clock) {
        this.probes = dependencies.stream().map(each -> new Probe(each, clock)).toList();
        this.clock = clock;
    }

    /// What was found, and when.
    record Found(String name, Condition condition, Instant at) {}

    record Report(Instant at, List<Found> found) {
        Level level() {
            return found.stream()
                    .map(each -> each.condition().level())
                    .max(Level::compareTo)
                    .orElse(Level.UP);
        }
    }

    synchronized Report report() throws InterruptedException {
        Instant now = clock.instant();
        probes.forEach(each -> each.begin(now));
        for (Probe probe : probes) {
            probe.await();
        }
        return new Report(now, probes.stream().map(Probe::found).toList());
    }

    /// One dependency. A check that hangs is not begun a second time, and waited for once.
    private static final class Probe {
        private final Dependency dependency;
        private final InstantSource clock;
        private Thread checking = Thread.ofVirtual().unstarted(() -> {});
        private Instant begun = Instant.EPOCH;
        private long until;
        private volatile Optional<Found> last = Optional.empty();

        Probe(Dependency dependency, InstantSource clock) {
            this.dependency = dependency;
            this.clock = clock;
        }

        void begin(Instant now) {
            boolean isGood = last.filter(each -> now.isBefore(each.at().plus(dependency.goodFor())))
                    .isPresent();
            if (!isGood && !checking.isAlive()) {
                begun = now;
                until = System.nanoTime() + PATIENCE.toNanos();
                checking = Thread.ofVirtual().name("checkup").start(this::check);
            }
        }

        private void check() {
            try {
                found(dependency.check());
            } catch (RuntimeException e) {
                LOG.warn("The check of {} failed: {}", dependency.name(), e.getMessage());
                found(new Condition(dependency.worst(), e.getMessage() == null ? e.toString() : e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void found(Condition condition) {
            last = Optional.of(new Found(dependency.name(), condition, clock.instant()));
        }

        void await() throws InterruptedException {
            if (!isKnown()) {
                checking.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            }
        }

        private boolean isKnown() {
            return last.isPresent()
                    && (!checking.isAlive() || dependency.goodFor().compareTo(PATIENCE) > 0);
        }

        Found found() {
            return last.filter(_ -> isKnown())
                    .orElseGet(() -> new Found(
                            dependency.name(),
                            new Condition(dependency.worst(), "no answer within " + PATIENCE.toSeconds() + " s"),
                            begun));
        }
    }
}
