package dev.fettle.app.upkeep;

import dev.fettle.cli.host.Administration.Removed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Output of commands that was too long to show. Nothing needs it but somebody who wants to look closer.
///
/// @param directory need not be there
record OutputFiles(Path directory) {
    private static final String WHAT = "files of command output";

    private record Kept(Path file, Instant at, long bytes) {}

    /// Removes what is older than a moment, and of the rest the oldest until no more bytes are left than
    /// may be.
    Removed drop(Instant before, long mostBytes, boolean isRehearsal) {
        List<Kept> oldestFirst = files();
        long left = oldestFirst.stream().mapToLong(Kept::bytes).sum();
        long count = 0;
        long bytes = 0;
        for (Kept each : oldestFirst) {
            if (!each.at().isBefore(before) && left <= mostBytes) {
                break;
            }
            left -= each.bytes();
            count++;
            bytes += each.bytes();
            if (!isRehearsal) {
                delete(each.file());
            }
        }
        return new Removed(WHAT, count, bytes);
    }

    private List<Kept> files() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Kept> kept = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                add(file, kept);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look through " + directory, e);
        }
        kept.sort(Comparator.comparing(Kept::at).thenComparing(Kept::file));
        return kept;
    }

    private static void add(Path file, List<Kept> kept) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isRegularFile()) {
                kept.add(new Kept(file, attributes.lastModifiedTime().toInstant(), attributes.size()));
            }
        } catch (NoSuchFileException e) {
            // Another process cleans up as well.
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + file, e);
        }
    }
}
