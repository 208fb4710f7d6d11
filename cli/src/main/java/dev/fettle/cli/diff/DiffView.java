package dev.fettle.cli.diff;

import dev.fettle.cli.text.Look;
import dev.fettle.cli.text.Printable;
import dev.fettle.cli.text.Style;
import java.util.ArrayList;
import java.util.List;

/// A unified diff as a person reads it: lines with their numbers where there is room, what went in red and what came in
/// green, and within lines that were changed the words. Without colours the signs say it alone.
///
/// @param width columns of the terminal
/// @param mostLines beyond which the rest is only counted
public record DiffView(Style style, int width, int mostLines) {
    /// Below, code needs the room more than numbers do.
    private static final int WIDE = 80;

    private static final int TAB = 4;

    /// Whether a text is, or holds, a diff.
    public static boolean isDiff(String text) {
        return text.contains("@@ -") && text.lines().anyMatch(Hunk::isHeader);
    }

    /// The lines to print.
    ///
    /// @param diff hunks with or without file names, as `diff -u`, git and the tools that edit write them; lines
    ///     before the first hunk are kept
    public List<String> lines(String diff) {
        List<String> source = Printable.of(diff).lines().toList();
        Reading reading = new Reading(numberWidth(source));
        int at = 0;
        while (at < source.size() && reading.shown.size() < mostLines) {
            at = reading.read(source, at);
        }
        List<String> shown = reading.shown;
        int left = source.size() - at;
        if (shown.size() > mostLines || left > 0) {
            left += Math.max(0, shown.size() - mostLines);
            shown = new ArrayList<>(shown.subList(0, Math.min(shown.size(), mostLines)));
            shown.add(style.dim("… %,d more line%s".formatted(left, left == 1 ? "" : "s")));
        }
        return List.copyOf(shown);
    }

    private int numberWidth(List<String> source) {
        int highest = source.stream()
                .filter(Hunk::isHeader)
                .map(Hunk::of)
                .mapToInt(hunk -> Math.max(hunk.oldStart() + hunk.oldLines(), hunk.newStart() + hunk.newLines()))
                .max()
                .orElse(0);
        return width >= WIDE && highest > 0 ? String.valueOf(highest).length() : 0;
    }

    /// Goes through the lines of hunks, counting.
    private final class Reading {
        private final List<String> shown = new ArrayList<>();
        private final int digits;
        private int oldLeft;
        private int newLeft;
        private int oldNumber;
        private int newNumber;
        private boolean hasHunk;

        Reading(int digits) {
            this.digits = digits;
        }

        /// Reads a line, or lines that replace one another, and says where the next begins.
        int read(List<String> source, int at) {
            String line = source.get(at);
            if ((oldLeft <= 0 && newLeft <= 0) || Hunk.isHeader(line)) {
                outside(line);
                return at + 1;
            }
            int removedEnd = end(source, at, "-", oldLeft);
            int addedBegin = removedEnd > at ? end(source, removedEnd, "\\", 1) : removedEnd;
            int addedEnd = end(source, addedBegin, "+", newLeft);
            if (removedEnd == at && addedEnd == at) {
                unchanged(line);
                return at + 1;
            }
            changed(
                    source.subList(at, removedEnd),
                    source.subList(removedEnd, addedBegin),
                    source.subList(addedBegin, addedEnd));
            return addedEnd;
        }

        private static int end(List<String> source, int from, String sign, int most) {
            int at = from;
            while (at < source.size() && at - from < most && source.get(at).startsWith(sign)) {
                at++;
            }
            return at;
        }

        private void outside(String line) {
            if (Hunk.isHeader(line)) {
                Hunk hunk = Hunk.of(line);
                oldLeft = hunk.oldLines();
                newLeft = hunk.newLines();
                oldNumber = hunk.oldStart();
                newNumber = hunk.newStart();
                if (digits == 0) {
                    shown.add(style.paint(Look.CYAN, line));
                } else if (hasHunk || !hunk.rest().isEmpty()) {
                    shown.add(
                            style.dim(" ".repeat(digits) + " ⋯ " + hunk.rest()).stripTrailing());
                }
                hasHunk = true;
            } else if (line.startsWith("--- ") || line.startsWith("+++ ") || line.startsWith("diff ")) {
                shown.add(style.bold(line));
            } else {
                shown.add(style.dim(line));
            }
        }

        private void unchanged(String line) {
            // That a file has no line end at its end, or that somebody cut the diff.
            if (!line.isEmpty() && line.charAt(0) != ' ') {
                shown.add(style.dim(line));
                return;
            }
            String text = line.isEmpty() ? "" : line.substring(1);
            shown.add((numbers(oldNumber, newNumber) + "  " + untabbed(text)).stripTrailing());
            oldNumber++;
            newNumber++;
            oldLeft--;
            newLeft--;
        }

        /// As many lines as have a partner are compared with it, in their order.
        ///
        /// @param note that the old file has no line end at its end
        private void changed(List<String> removed, List<String> note, List<String> added) {
            List<String> before = new ArrayList<>();
            List<String> after = new ArrayList<>();
            for (int i = 0; i < Math.max(removed.size(), added.size()); i++) {
                String old = i < removed.size() ? untabbed(removed.get(i).substring(1)) : "";
                String now = i < added.size() ? untabbed(added.get(i).substring(1)) : "";
                if (i < removed.size() && i < added.size()) {
                    ChangedWords words = ChangedWords.of(old, now, style);
                    before.add(words.before());
                    after.add(words.after());
                } else if (i < removed.size()) {
                    before.add(style.red(old));
                } else {
                    after.add(style.green(now));
                }
            }
            for (String each : before) {
                shown.add(numbers(oldNumber++, 0) + style.red("- ") + each);
                oldLeft--;
            }
            note.forEach(each -> shown.add(style.dim(each)));
            for (String each : after) {
                shown.add(numbers(0, newNumber++) + style.green("+ ") + each);
                newLeft--;
            }
        }

        private String numbers(int old, int now) {
            return digits == 0 ? "" : style.dim(number(old) + " " + number(now)) + " ";
        }

        private String number(int number) {
            String text = number == 0 ? "" : String.valueOf(number);
            return " ".repeat(Math.max(0, digits - text.length())) + text;
        }
    }

    private static String untabbed(String text) {
        return text.replace("\t", " ".repeat(TAB));
    }
}
