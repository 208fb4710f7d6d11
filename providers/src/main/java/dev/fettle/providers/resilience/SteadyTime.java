package dev.fettle.providers.resilience;

import java.time.Duration;

/// Time as a stopwatch has it. It only goes forward: setting the machine's clock makes no wait longer or shorter.
public interface SteadyTime {

    /// Since some moment in the past.
    Duration elapsed();

    /// Blocks that long.
    void sleep(Duration time) throws InterruptedException;

    SteadyTime REAL = new SteadyTime() {
        @Override
        public Duration elapsed() {
            return Duration.ofNanos(System.nanoTime());
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            Thread.sleep(time);
        }
    };
}
