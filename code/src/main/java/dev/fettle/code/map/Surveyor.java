package dev.fettle.code.map;

import dev.fettle.code.index.CodeIndex;
import dev.fettle.code.index.IndexDirectory;
import dev.fettle.code.index.IndexException;
import dev.fettle.core.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks indexes for who cannot wait: one that is not ready in time goes on being made, so that the next one has its
/// answer. Safe for several threads.
public final class Surveyor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Surveyor.class);
    private static final int MOST_OF_A_TASK = 20_000;

    /// For how long what was read is believed of who types a name letter by letter: to look at a hundred thousand
    /// files again takes longer than that person waits.
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final IndexDirectory indexes;
    private final Duration patience;
    private final Semaphore places;
    private final InstantSource clock;
    private volatile Refreshed last = new Refreshed("", Instant.MIN);
    private final Set<Thread> underWay = new HashSet<>();
    private boolean isClosed;

    /// A surveyor with nothing to do.
    ///
    /// @param patience how long a map may take
    /// @param most how many maps are made at once; whoever comes while there are more goes without
    public Surveyor(IndexDirectory indexes, Duration patience, int most, InstantSource clock) {
        this.indexes = indexes;
        this.patience = patience;
        this.places = new Semaphore(most);
        this.clock = clock;
    }

    /// The map of a workspace; empty if there is no source in it, or the map was not ready in time.
    ///
    /// @param tokens it may have at most, by core's estimate
    public Optional<String> map(Workspace workspace, String task, long tokens) {
        Focus focus = new Focus(task.substring(0, Math.min(task.length(), MOST_OF_A_TASK)));
        return ask(
                        workspace,
                        this::current,
                        index -> RepositoryMap.of(index, focus).within(tokens))
                .filter(map -> !map.isBlank());
    }

    /// What the index of a workspace answers, as of some seconds ago; empty if it was not ready in time.
    public <T> Optional<T> ask(Workspace workspace, Function<CodeIndex, T> question) {
        return ask(workspace, this::recent, question);
    }

    private interface Opening {
        CodeIndex open(Workspace workspace) throws InterruptedException;
    }

    private record Refreshed(String workspace, Instant when) {}

    private <T> Optional<T> ask(Workspace workspace, Opening opening, Function<CodeIndex, T> question) {
        FutureTask<Optional<T>> making = new FutureTask<>(() -> answer(workspace, opening, question));
        if (!begin(making)) {
            return Optional.empty();
        }
        try {
            return making.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The index cannot be asked of " + workspace.name(), e.getCause());
        }
    }

    private <T> Optional<T> answer(Workspace workspace, Opening opening, Function<CodeIndex, T> question) {
        try (CodeIndex index = opening.open(workspace)) {
            return Optional.of(question.apply(index));
        } catch (IndexException e) {
            LOG.warn("There is no index of {}: {}", workspace.name(), e.getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            return Optional.empty();
        } finally {
            places.release();
        }
    }

    private CodeIndex recent(Workspace workspace) throws InterruptedException {
        boolean isRecent = last.workspace().equals(workspace.name())
                && clock.instant().isBefore(last.when().plus(FRESH));
        return isRecent ? indexes.asItIs(workspace) : current(workspace);
    }

    private CodeIndex current(Workspace workspace) throws InterruptedException {
        CodeIndex index = indexes.open(workspace);
        last = new Refreshed(workspace.name(), clock.instant());
        return index;
    }

    private boolean begin(Runnable making) {
        synchronized (underWay) {
            if (isClosed || !places.tryAcquire()) {
                return false;
            }
            Thread thread = Thread.ofPlatform().name("map").daemon().unstarted(() -> {
                try {
                    making.run();
                } finally {
                    synchronized (underWay) {
                        underWay.remove(Thread.currentThread());
                    }
                }
            });
            underWay.add(thread);
            thread.start();
            return true;
        }
    }

    /// Ends what is under way, and returns when it has ended; what was read by then stays read.
    @Override
    public void close() {
        List<Thread> left;
        synchronized (underWay) {
            isClosed = true;
            left = List.copyOf(underWay);
        }
        boolean isInterrupted = false;
        for (Thread each : left) {
            each.interrupt();
            while (each.isAlive()) {
                try {
                    each.join();
                } catch (InterruptedException e) {
                    isInterrupted = true;
                }
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
