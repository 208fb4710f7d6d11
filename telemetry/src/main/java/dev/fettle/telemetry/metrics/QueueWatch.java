package dev.fettle.telemetry.metrics;

import dev.fettle.core.monitor.Gauge;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.session.SessionException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the queue stands, as the database knows it. It is asked when somebody wants to know, and waited for no longer
/// than whoever wants to know would wait: with the database away, that is what is shown, and the rest still is.
public final class QueueWatch {
    private static final Duration GOOD_FOR = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final List<String> STATES = List.of("queued", "ready", "running", "waiting");

    private final RunQueue runs;
    private long asked = System.nanoTime() - 2 * GOOD_FOR.toNanos();
    private Thread asking = Thread.ofVirtual().unstarted(() -> {});
    private volatile Optional<Map<String, Double>> found = Optional.empty();

    public QueueWatch(RunQueue runs) {
        this.runs = runs;
    }

    public List<Gauge> gauges() {
        return List.of(
                new Gauge(
                        "fettle_queue_runs",
                        "Runs that have not ended, of the whole service; every process shows the same.",
                        "state",
                        this::look),
                Gauge.of(
                        "fettle_database_up",
                        "Whether the database answers when it is asked for the queue.",
                        () -> look().isEmpty() ? 0 : 1));
    }

    /// What was found is good for a second. A question that hangs is not asked a second time.
    private synchronized Map<String, Double> look() {
        if (!asking.isAlive() && System.nanoTime() - asked > GOOD_FOR.toNanos()) {
            asked = System.nanoTime();
            found = Optional.empty();
            asking = Thread.ofVirtual().name("fettle-queue-watch").start(this::ask);
        }
        try {
            asking.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return found.orElse(Map.of());
    }

    private void ask() {
        try {
            Map<String, Long> counts = runs.counts();
            Map<String, Double> all = new HashMap<>();
            STATES.forEach(state -> all.put(state, (double) counts.getOrDefault(state, 0L)));
            found = Optional.of(all);
        } catch (SessionException e) {
            // Shown as such.
        }
    }
}
