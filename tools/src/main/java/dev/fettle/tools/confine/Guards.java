package dev.fettle.tools.confine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Keeps places in a workspace occupied while commands run, so that they cannot make what is not there yet (as in
/// CVE-2026-25725): by empty directories, which git ignores.
///
/// Several commands, of several processes too, may hold the guards of one workspace; the last one to let go
/// removes them. What is held is written down, for a process that dies cannot clean up: whoever comes next
/// does it.
///
/// @param journal a directory of Fettle's own
public record Guards(Path journal) {
    private static final Object IN_THIS_PROCESS = new Object();

    /// Guards that are held.
    public interface Held extends AutoCloseable {
        /// Removes those that nobody else holds.
        @Override
        void close() throws IOException;
    }

    /// Occupies those of these places that are free.
    public Held hold(Path workspace, List<String> names) throws IOException {
        Path book = journal.resolve(UUID.nameUUIDFromBytes(workspace.toString().getBytes(StandardCharsets.UTF_8))
                .toString());
        Path holder =
                book.resolve("holder-%d-%s".formatted(ProcessHandle.current().pid(), UUID.randomUUID()));
        Files.createDirectories(book);
        locked(book, () -> {
            sweep(book);
            for (String name : names) {
                Path guard = workspace.resolve(name);
                if (!Files.exists(guard, LinkOption.NOFOLLOW_LINKS)) {
                    note(book, guard);
                    Files.createDirectory(guard);
                }
            }
            Files.createFile(holder);
        });
        return () -> locked(book, () -> {
            Files.deleteIfExists(holder);
            sweep(book);
        });
    }

    private interface Step {
        void run() throws IOException;
    }

    /// One at a time, of all threads and processes.
    private static void locked(Path book, Step step) throws IOException {
        synchronized (IN_THIS_PROCESS) {
            try (FileChannel channel = FileChannel.open(
                            book.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                step.run();
            }
        }
    }

    /// Removes the guards if nobody alive holds them.
    private static void sweep(Path book) throws IOException {
        try (Stream<Path> entries = Files.list(book)) {
            for (Path entry : entries.toList()) {
                if (entry.getFileName().toString().startsWith("holder-") && !isAlive(entry)) {
                    Files.deleteIfExists(entry);
                }
            }
        }
        try (Stream<Path> entries = Files.list(book)) {
            if (entries.anyMatch(each -> each.getFileName().toString().startsWith("holder-"))) {
                return;
            }
        }
        for (String noted : noted(book)) {
            Path guard = Path.of(noted);
            try {
                if (Files.isDirectory(guard, LinkOption.NOFOLLOW_LINKS)) {
                    Files.delete(guard);
                }
            } catch (DirectoryNotEmptyException e) {
                // Somebody has put something there; it is theirs.
            }
        }
        Files.deleteIfExists(book.resolve("guards"));
    }

    private static boolean isAlive(Path holder) {
        String pid = holder.getFileName().toString().split("-", 3)[1];
        return ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false);
    }

    private static List<String> noted(Path book) throws IOException {
        Path list = book.resolve("guards");
        return Files.exists(list) ? Files.readAllLines(list) : List.of();
    }

    private static void note(Path book, Path guard) throws IOException {
        Files.writeString(book.resolve("guards"), guard + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
