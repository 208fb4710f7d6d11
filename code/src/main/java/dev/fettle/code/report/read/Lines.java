package dev.fettle.code.report.read;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The lines of an output, so bounded that no pattern takes long with any of them.
final class Lines {
    private static final int LONGEST = 1_000;
    private static final int MOST_OF_HEAD = 50_000;
    private static final int MOST_OF_TAIL = 150_000;

    private Lines() {}

    static List<String> of(String text) {
        long count = text.lines().count();
        if (count <= MOST_OF_HEAD + MOST_OF_TAIL) {
            return cut(text.lines());
        }
        List<String> lines = new ArrayList<>(cut(text.lines().limit(MOST_OF_HEAD)));
        lines.addAll(cut(text.lines().skip(count - MOST_OF_TAIL)));
        return lines;
    }

    private static List<String> cut(Stream<String> lines) {
        return lines.map(line -> bounded(line.stripTrailing(), LONGEST)).toList();
    }

    /// The text, or its beginning.
    static String bounded(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }
}
