package dev.fettle.tools.quota;

import dev.fettle.core.workspace.kept.Quota;
import dev.fettle.core.workspace.kept.TreeSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Adds up what a directory holds, links not followed. A file counts as long as it says it is: one with holes may be
/// filled at any time.
public final class TreeMeasure {
    private TreeMeasure() {}

    /// The size of a directory. Above the quota it may be less than the whole: counting ends there.
    public static TreeSize of(Path tree, Quota quota) {
        Counter counter = new Counter(quota);
        try {
            Files.walkFileTree(tree, counter);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look through " + tree, e);
        }
        return counter.size();
    }

    private static final class Counter extends SimpleFileVisitor<Path> {
        private final Quota quota;
        private long bytes;
        private long files;

        Counter(Quota quota) {
            this.quota = quota;
        }

        /// The directory itself is no file in it.
        TreeSize size() {
            return new TreeSize(bytes, Math.max(0, files - 1));
        }

        private FileVisitResult counted() {
            return quota.isExceededBy(size()) ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            files++;
            return counted();
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files++;
            bytes += attributes.isRegularFile() ? attributes.size() : 0;
            return counted();
        }

        /// It went away while it was looked at, or is hidden from us, which does not make it a reason to stop.
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }
}
