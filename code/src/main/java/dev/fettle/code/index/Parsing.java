package dev.fettle.code.index;

import dev.fettle.code.source.Language;
import dev.fettle.code.source.Reading;
import dev.fettle.code.source.SourceReader;
import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Reads many files at once, as many as there are processors, for one taker, who gets them in their order.
///
/// Only a few are in flight. What hundreds of files consist of would outlive the young generation, and the JVM would
/// rather grow its heap than clear the old one.
final class Parsing implements AutoCloseable {
    /// Grammars recurse as they like, on the stack of the thread that calls them: a carrier of virtual threads has as
    /// little as the program was started with.
    private static final long STACK_BYTES = 16L * 1024 * 1024;

    /// How many files for each thread are read before they are taken.
    private static final int AHEAD = 4;

    private final Workspace workspace;
    private final Suspects suspects;
    private final Set<String> guilty;
    private final List<SourceReader> readers = new ArrayList<>();

    /// Threads that parse.
    ///
    /// @param guilty hashes of what is not parsed again
    Parsing(Workspace workspace, Suspects suspects, Set<String> guilty, int threads) {
        this.workspace = workspace;
        this.suspects = suspects;
        this.guilty = Set.copyOf(guilty);
        for (int i = 0; i < threads; i++) {
            readers.add(new SourceReader());
        }
    }

    /// A file to look at.
    ///
    /// @param hash of the content it had; empty if it was not known
    record Wanted(FileInfo file, Language language, Optional<String> hash) {}

    /// What looking at a file came to.
    sealed interface Found {
        /// It is not there, or not to be read.
        record Gone(FileInfo file) implements Found {}

        /// Its content is what it was.
        record Same(FileInfo file) implements Found {}

        record Read(Content content, Reading reading) implements Found {}

        /// We have a bug.
        record Failed(Throwable failure) implements Found {}
    }

    /// Shows what became of each file, in their order, on the calling thread. When it returns or throws,
    /// nothing is read any more.
    void read(List<Wanted> files, Consumer<Found> taker) throws InterruptedException {
        int window = readers.size() * AHEAD;
        List<BlockingQueue<Found>> slots = new ArrayList<>();
        for (int i = 0; i < window; i++) {
            slots.add(new ArrayBlockingQueue<>(1));
        }
        Semaphore room = new Semaphore(window);
        AtomicInteger next = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Math.min(readers.size(), files.size()); i++) {
            int number = i;
            threads.add(Thread.ofPlatform().daemon().stackSize(STACK_BYTES).start(() -> {
                try {
                    room.acquire();
                    for (int at = next.getAndIncrement(); at < files.size(); at = next.getAndIncrement()) {
                        slots.get(at % window).put(found(number, files.get(at)));
                        room.acquire();
                    }
                } catch (InterruptedException e) {
                    // Whoever interrupts waits for nothing but the end.
                }
            }));
        }
        try {
            for (int at = 0; at < files.size(); at++) {
                taker.accept(slots.get(at % window).take());
                room.release();
            }
        } finally {
            end(threads);
        }
    }

    private Found found(int thread, Wanted wanted) throws InterruptedException {
        try {
            Optional<Content> read = Content.of(workspace, wanted.file(), wanted.language());
            if (read.isEmpty()) {
                return new Found.Gone(wanted.file());
            }
            Content content = read.get();
            if (wanted.hash().filter(content.hash()::equals).isPresent()) {
                return new Found.Same(wanted.file());
            }
            return new Found.Read(
                    content,
                    guilty.contains(content.hash())
                            ? new Reading.Skipped("parsers crashed on it")
                            : reading(thread, content));
        } catch (RuntimeException | Error e) {
            return new Found.Failed(e);
        }
    }

    private Reading reading(int thread, Content content) throws InterruptedException {
        suspects.begin(thread, content.hash());
        try {
            return readers.get(thread).read(content.language(), content.bytes());
        } finally {
            suspects.end(thread);
        }
    }

    /// Threads use what is closed next, so they are waited for whatever happens.
    private static void end(List<Thread> threads) {
        boolean isInterrupted = false;
        for (Thread thread : threads) {
            thread.interrupt();
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    isInterrupted = true;
                }
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        readers.forEach(SourceReader::close);
    }
}
