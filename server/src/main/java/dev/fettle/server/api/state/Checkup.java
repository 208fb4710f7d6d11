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

/// How everything stands that the service needs. What was found is good for a second, however many ask.
public final class Checkup {
    private static final Logger LOG = LoggerFactory.getLogger(Checkup.class);
    private static final Duration GOOD_FOR = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final List<Probe> probes;
    private final InstantSource clock;
    private Optional<Report> last = Optional.empty();

    public Checkup(List<Dependency> dependencies, InstantSource clock) {
        this.probes = dependencies.stream().map(Probe::new).toList();
        this.clock = clock;
    }

    record Found(String name, Condition condition) {}

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
        if (last.isEmpty() || !now.isBefore(last.get().at().plus(GOOD_FOR))) {
            probes.forEach(Probe::begin);
            long until = System.nanoTime() + PATIENCE.toNanos();
            for (Probe probe : probes) {
                probe.await(until);
            }
            last = Optional.of(new Report(now, probes.stream().map(Probe::found).toList()));
        }
        return last.get();
    }

    /// One dependency. A check that hangs is not begun a second time.
    private static final class Probe {
        private final Dependency dependency;
        private Thread checking = Thread.ofVirtual().unstarted(() -> {});
        private volatile Condition condition = Condition.up("");

        Probe(Dependency dependency) {
            this.dependency = dependency;
        }

        void begin() {
            if (!checking.isAlive()) {
                condition = new Condition(dependency.worst(), "no answer within " + PATIENCE.toSeconds() + " s");
                checking = Thread.ofVirtual().name("checkup").start(this::check);
            }
        }

        private void check() {
            try {
                condition = dependency.check();
            } catch (RuntimeException e) {
                LOG.warn("The check of {} failed: {}", dependency.name(), e.getMessage());
                condition = new Condition(dependency.worst(), e.getMessage() == null ? e.toString() : e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void await(long until) throws InterruptedException {
            checking.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
        }

        Found found() {
            return new Found(dependency.name(), condition);
        }
    }
}
