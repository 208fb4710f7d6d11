package dev.fettle.tools.patch;

import dev.fettle.core.tool.ToolException;
import dev.fettle.tools.text.NearMiss;
import dev.fettle.tools.text.TextFile;
import java.util.ArrayList;
import java.util.List;

/// A file's lines while hunks are applied to them, from the top down. Lines that only serve as context stay as they are
/// in the file, with their line ends and what trails them.
final class PatchedText {
    private final String path;
    private final TextFile file;
    private final String lineEnd;
    private final boolean endsWithLineEnd;
    private final List<Line> lines;
    /// Hunks are found at or after this line.
    private int cursor;

    private record Line(String text, String end) {}

    PatchedText(String path, TextFile file) {
        this.path = path;
        this.file = file;
        this.lineEnd = file.lineEnd();
        this.endsWithLineEnd = file.text().isEmpty() || file.text().endsWith("\n");
        this.lines = split(file.text());
    }

    private static List<Line> split(String text) {
        List<Line> lines = new ArrayList<>();
        for (int begin = 0; begin < text.length(); ) {
            int feed = text.indexOf('\n', begin);
            int next = feed < 0 ? text.length() : feed + 1;
            int end = feed < 0 ? next : feed > begin && text.charAt(feed - 1) == '\r' ? feed - 1 : feed;
            lines.add(new Line(text.substring(begin, end), text.substring(end, next)));
            begin = next;
        }
        return lines;
    }

    /// Applies a hunk below the ones before it.
    ///
    /// @param number of the hunk in its file, from 1, for messages
    /// @throws ToolException if its place cannot be found, or not for certain
    void apply(FileChange.Hunk hunk, int number) {
        for (String header : hunk.headers()) {
            int found = headerAfter(header, cursor);
            if (found < 0) {
                throw refusal(
                        number,
                        "there is no line `%s` %s. %s"
                                .formatted(header, whereSearched(), NearMiss.describe(text(), header)));
            }
            cursor = found + 1;
        }
        int at = place(hunk, number);
        int taken = at;
        List<Line> fresh = new ArrayList<>();
        for (FileChange.Line line : hunk.lines()) {
            switch (line.kind()) {
                case CONTEXT -> fresh.add(lines.get(taken++));
                case REMOVED -> taken++;
                case ADDED -> fresh.add(new Line(line.text(), lineEnd));
            }
        }
        lines.subList(at, taken).clear();
        lines.addAll(at, fresh);
        cursor = at + fresh.size();
    }

    private int place(FileChange.Hunk hunk, int number) {
        List<String> before = hunk.before();
        if (before.isEmpty()) {
            // Only new lines: below the header if there is one, or else at the end.
            return hunk.headers().isEmpty() || hunk.isAtEnd() ? lines.size() : cursor;
        }
        List<Integer> places = places(before, hunk.isAtEnd());
        if (places.isEmpty()) {
            throw refusal(
                    number,
                    "its lines are not %s. %s"
                            .formatted(whereSearched(), NearMiss.describe(text(), String.join("\n", before))));
        }
        if (places.size() > 1 && hunk.headers().isEmpty() && !hunk.isAtEnd()) {
            throw refusal(
                    number,
                    "its lines are %s %d times, first at lines %d and %d. Add context lines, or a line `@@ <the class or method it is in>`."
                            .formatted(whereSearched(), places.size(), places.get(0) + 1, places.get(1) + 1));
        }
        return places.getFirst();
    }

    private List<Integer> places(List<String> before, boolean isAtEnd) {
        int last = lines.size() - before.size();
        int first = isAtEnd ? Math.max(cursor, last) : cursor;
        List<Integer> exact = new ArrayList<>();
        List<Integer> trimmed = new ArrayList<>();
        for (int at = first; at <= last; at++) {
            if (isAt(at, before, false)) {
                exact.add(at);
            } else if (exact.isEmpty() && isAt(at, before, true)) {
                trimmed.add(at);
            }
        }
        return exact.isEmpty() ? trimmed : exact;
    }

    private boolean isAt(int at, List<String> before, boolean ignoringTrails) {
        for (int i = 0; i < before.size(); i++) {
            String real = lines.get(at + i).text();
            String wanted = before.get(i);
            if (!real.equals(wanted) && !(ignoringTrails && real.stripTrailing().equals(wanted.stripTrailing()))) {
                return false;
            }
        }
        return true;
    }

    /// A header is the whole line, or what it begins with; its indentation does not count.
    private int headerAfter(String header, int from) {
        for (int at = from; at < lines.size(); at++) {
            if (lines.get(at).text().strip().equals(header.strip())) {
                return at;
            }
        }
        for (int at = from; at < lines.size(); at++) {
            if (lines.get(at).text().strip().startsWith(header.strip())) {
                return at;
            }
        }
        return -1;
    }

    /// The file with all hunks applied so far. Whether it ends with a line end stays as it was.
    TextFile result() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            boolean isLast = i == lines.size() - 1;
            Line line = lines.get(i);
            text.append(line.text());
            if (!isLast || endsWithLineEnd) {
                text.append(line.end().isEmpty() ? lineEnd : line.end());
            }
        }
        return file.withText(text.toString());
    }

    private String text() {
        return String.join("\n", lines.stream().map(Line::text).toList());
    }

    private String whereSearched() {
        return cursor == 0 ? "in " + path : "in %s after line %d".formatted(path, cursor);
    }

    private ToolException refusal(int number, String reason) {
        return new ToolException("Hunk %d of %s: %s Nothing was changed.".formatted(number, path, reason));
    }
}
