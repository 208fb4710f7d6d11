package dev.fettle.providers.resilience;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Time that passes only by sleeping, which takes none.
final class RehearsedTime implements SteadyTime {
    private final List<Duration> slept = new ArrayList<>();
    private Duration elapsed = Duration.ofHours(1);

    @Override
    public synchronized Duration elapsed() {
        return elapsed;
    }

    @Override
    public synchronized void sleep(Duration time) {
        slept.add(time);
        elapsed = elapsed.plus(time);
    }

    synchronized void pass(Duration time) {
        elapsed = elapsed.plus(time);
    }

    synchronized List<Duration> slept() {
        return List.copyOf(slept);
    }
}
