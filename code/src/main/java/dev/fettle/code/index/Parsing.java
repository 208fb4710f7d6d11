package dev.fettle.code.index;

import dev.fettle.code.source.Reading;
import dev.fettle.code.source.SourceReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Parses many files at once, as many as there are processors.
final class Parsing implements AutoCloseable {
    /// Grammars recurse as they like, on the stack of the thread that calls them: a carrier of virtual threads has as
    /// little as the program was started with.
    private static final long STACK_BYTES = 16L * 1024 * 1024;

    private final Suspects suspects;
    private final List<SourceReader> readers = new ArrayList<>();

    Parsing(Suspects suspects, int threads) {
        this.suspects = suspects;
        for (int i = 0; i < threads; i++) {
            readers.add(new SourceReader());
        }
    }

    /// What the files consist of, in their order.
    List<Reading> read(List<Content> files) throws InterruptedException {
        AtomicReferenceArray<Reading> readings = new AtomicReferenceArray<>(files.size());
        AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());
        AtomicInteger next = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Math.min(readers.size(), files.size()); i++) {
            int number = i;
            threads.add(Thread.ofPlatform().stackSize(STACK_BYTES).start(() -> {
                try {
                    for (int at = next.getAndIncrement(); at < files.size(); at = next.getAndIncrement()) {
                        readings.set(at, read(number, files.get(at)));
                    }
                } catch (InterruptedException | RuntimeException | Error e) {
                    failure.set(Optional.of(e));
                }
            }));
        }
        join(threads);
        if (failure.get().isPresent()) {
            throw new IllegalStateException(
                    "A file could not be read", failure.get().get());
        }
        List<Reading> read = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            read.add(readings.get(i));
        }
        return read;
    }

    private Reading read(int thread, Content content) throws InterruptedException {
        suspects.begin(thread, content.hash());
        try {
            return readers.get(thread).read(content.language(), content.bytes());
        } finally {
            suspects.end(thread);
        }
    }

    /// Whoever is interrupted interrupts them all, and goes when they have gone: they use what is closed
    /// then.
    private static void join(List<Thread> threads) throws InterruptedException {
        boolean isInterrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    isInterrupted = true;
                    threads.forEach(Thread::interrupt);
                }
            }
        }
        if (isInterrupted) {
            throw new InterruptedException();
        }
    }

    @Override
    public void close() {
        readers.forEach(SourceReader::close);
    }
}
