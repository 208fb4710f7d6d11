package dev.fettle.app.wiring;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// How a process gets ready: what does not depend on each other at the same time, and each part with the time it took.
final class StartUp {
    private final InstantSource clock;
    private final Instant begun;
    private final List<Took> parts = new ArrayList<>();
    private final List<RuntimeException> failures = new ArrayList<>();

    private record Took(String part, Duration time) {
        @Override
        public String toString() {
            return "%s %d ms".formatted(part, time.toMillis());
        }
    }

    /// Something to get ready.
    ///
    /// @param name for operators
    record Part(String name, Runnable work) {}

    StartUp(InstantSource clock) {
        this.clock = clock;
        this.begun = clock.instant();
    }

    /// Gets all of these ready, and returns when they are. If one cannot be had, what it throws is thrown here once the
    /// others have ended.
    void together(List<Part> all) {
        List<Thread> threads = all.stream()
                .map(part -> Thread.ofVirtual().name("start-" + part.name()).start(() -> attempt(part)))
                .toList();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.CANCELLED, List.of("Cancelled."));
        }
        synchronized (this) {
            failures.stream().findFirst().ifPresent(failure -> {
                throw failure;
            });
        }
    }

    private void attempt(Part part) {
        try {
            alone(part);
        } catch (RuntimeException e) {
            synchronized (this) {
                failures.add(e);
            }
        }
    }

    /// Gets one part ready.
    void alone(Part part) {
        alone(part.name(), () -> {
            part.work().run();
            return part;
        });
    }

    /// The same, for what somebody needs.
    <T> T alone(String part, Supplier<T> work) {
        Instant before = clock.instant();
        T ready = work.get();
        synchronized (this) {
            parts.add(new Took(part, Duration.between(before, clock.instant())));
        }
        return ready;
    }

    /// How long it has taken so far, as in `640 ms: database 210 ms, listener 80 ms`.
    @Override
    public synchronized String toString() {
        return "%d ms: %s"
                .formatted(
                        Duration.between(begun, clock.instant()).toMillis(),
                        parts.stream().map(Took::toString).collect(Collectors.joining(", ")));
    }
}
