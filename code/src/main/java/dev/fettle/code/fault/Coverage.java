package dev.fettle.code.fault;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The lines that were run, by file.
public final class Coverage {
    /// No file that people write is longer; a report could claim anything.
    private static final int MOST_LINES = 200_000;

    private final Map<String, BitSet> lines = new HashMap<>();

    void add(String file, int line) {
        if (line > 0 && line <= MOST_LINES) {
            lines.computeIfAbsent(file, _ -> new BitSet()).set(line);
        }
    }

    void add(String file, int first, int last) {
        for (int line = first; line <= Math.min(last, MOST_LINES); line++) {
            add(file, line);
        }
    }

    public boolean has(String file, int line) {
        BitSet covered = lines.get(file);
        return covered != null && line > 0 && covered.get(line);
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }

    Map<String, BitSet> lines() {
        return lines;
    }

    /// What either ran.
    public Coverage plus(Coverage other) {
        Coverage sum = placed(Optional::of);
        other.lines.forEach((file, covered) ->
                sum.lines.computeIfAbsent(file, _ -> new BitSet()).or(covered));
        return sum;
    }

    /// The same with the files' places in the workspace; others are left out.
    Coverage placed(Function<String, Optional<String>> place) {
        Coverage placed = new Coverage();
        lines.forEach((file, covered) -> place.apply(file)
                .ifPresent(path ->
                        placed.lines.computeIfAbsent(path, _ -> new BitSet()).or(covered)));
        return placed;
    }
}
