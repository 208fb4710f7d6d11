package dev.fettle.bench.index;

import dev.fettle.code.index.CodeIndex;
import dev.fettle.code.index.IndexDirectory;
import dev.fettle.code.index.IndexedFile;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.tools.process.ProcessShell;
import dev.fettle.tools.search.Tree;
import dev.fettle.tools.workspace.LocalWorkspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Indexes a directory in this process, cold and again with nothing changed, and says what that took.
final class Indexing {
    private static final int REFRESHES = 5;

    private Indexing() {}

    /// Prints a line.
    ///
    /// @param arguments what to call it, the directory, where to keep the index
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[1]);
        Path kept = Path.of(arguments[2]);
        Workspace workspace = new LocalWorkspace(directory, new ProcessShell(directory, Map.of(), kept));
        IndexDirectory indexes = new IndexDirectory(
                kept, (place, visitor) -> new Tree(place).walk(FilePath.ROOT, visitor), InstantSource.system());
        long began = System.nanoTime();
        List<IndexedFile> files;
        try (CodeIndex index = indexes.open(workspace)) {
            files = index.files();
        }
        double cold = seconds(began);
        double cpu = ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toMillis()
                / 1000.0;
        double refresh = Double.MAX_VALUE;
        double first = 0;
        for (int i = 0; i < REFRESHES; i++) {
            began = System.nanoTime();
            indexes.open(workspace).close();
            first = i == 0 ? seconds(began) : first;
            refresh = Math.min(refresh, seconds(began));
        }
        long lines = files.stream().mapToLong(IndexedFile::lines).sum();
        System.out.println(String.format(
                Locale.ROOT,
                "%-28s %,7d files %,10d lines  cold %5.1f s, %,7.0f lines/s, %,7.0f lines a CPU second  "
                        + "refresh %.2f s first, %.2f s best  %4.0f MB peak  index %,d MB",
                arguments[0],
                files.size(),
                lines,
                cold,
                lines / cold,
                lines / cpu,
                first,
                refresh,
                peakMegabytes(),
                size(kept) / 1024 / 1024));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static double peakMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    private static long size(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(each -> each.toFile().length())
                    .sum();
        }
    }
}
