package dev.fettle.bench.repair;

import dev.fettle.bench.repair.Attempt.Fate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Tries to repair every seeded fault, as `fettle debug --repair` would, and prints what became of them.
public final class RepairBench {
    private RepairBench() {}

    /// Tries them all.
    ///
    /// @param arguments seconds for each search; then languages, all unless some are named
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Duration time = Duration.ofSeconds(arguments.length == 0 ? 60 : Long.parseLong(arguments[0]));
        List<Language> languages = arguments.length < 2
                ? List.of(Language.values())
                : Arrays.stream(arguments)
                        .skip(1)
                        .map(each -> Language.valueOf(each.toUpperCase(Locale.ROOT)))
                        .toList();
        List<Attempt> attempts = new ArrayList<>();
        for (Language language : languages) {
            for (SeededFault fault : SeededFault.all(language)) {
                Path directory = Files.createTempDirectory("fettle-seeded-");
                try {
                    Attempt attempt = new Workplace(directory).attempt(fault, time);
                    System.err.printf(
                            Locale.ROOT,
                            "%-10s %-10s %-10s %-9s %6.1f s  %s%n",
                            language.word(),
                            fault.kind(),
                            fault.name(),
                            attempt.fate().word(),
                            attempt.time().toMillis() / 1000.0,
                            attempt.remark());
                    attempts.add(attempt);
                } finally {
                    delete(directory);
                }
            }
        }
        print(attempts);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static void print(List<Attempt> attempts) {
        System.out.printf(
                "| %s | %s |%n", "language", "fault | programs | repaired | wrong | not found | median s | longest s");
        System.out.println("|---|---|---:|---:|---:|---:|---:|---:|");
        for (Language language : Language.values()) {
            List<Attempt> own = attempts.stream()
                    .filter(each -> each.fault().language() == language)
                    .toList();
            SortedSet<String> kinds =
                    new TreeSet<>(own.stream().map(each -> each.fault().kind()).toList());
            for (String kind : kinds) {
                row(
                        language.word(),
                        kind,
                        own.stream()
                                .filter(each -> each.fault().kind().equals(kind))
                                .toList());
            }
            row(language.word(), "**all**", own);
        }
        row("**all**", "", attempts);
    }

    private static void row(String language, String kind, List<Attempt> attempts) {
        if (attempts.isEmpty()) {
            return;
        }
        List<Duration> times = attempts.stream().map(Attempt::time).sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %d | %d | %d | %.1f | %.1f |%n",
                language,
                kind,
                attempts.size(),
                count(attempts, Fate.REPAIRED),
                count(attempts, Fate.WRONG),
                count(attempts, Fate.NOT_FOUND),
                times.get(times.size() / 2).toMillis() / 1000.0,
                times.getLast().toMillis() / 1000.0);
    }

    private static long count(List<Attempt> attempts, Fate fate) {
        return attempts.stream().filter(each -> each.fate() == fate).count();
    }
}
