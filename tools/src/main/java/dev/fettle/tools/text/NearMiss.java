package dev.fettle.tools.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Says where a text that was not found almost is, and what differs.
public final class NearMiss {
    private static final int MOST_LINES = 12;
    private static final int LONGEST_LINE = 200;
    private static final double ALIKE = 0.5;

    /// A way to see two lines as equal, and what it is blind to.
    private record Blindness(String to, UnaryOperator<String> view) {}

    private static final List<Blindness> BLINDNESSES = List.of(
            new Blindness("whitespace at line ends", String::stripTrailing),
            new Blindness("whitespace (tabs, spaces or indentation)", NearMiss::withoutSpace),
            new Blindness("quotes or dashes", line -> withoutSpace(plainPunctuation(line))),
            new Blindness(
                    "upper and lower case",
                    line -> withoutSpace(plainPunctuation(line)).toLowerCase(Locale.ROOT)));

    private NearMiss() {}

    /// A few sentences and numbered lines for a model.
    ///
    /// @param text what was searched, with plain line feeds
    /// @param wanted what is not in it
    public static String describe(String text, String wanted) {
        if (text.isBlank()) {
            return "The file is empty.";
        }
        List<String> lines = text.lines().toList();
        List<String> sought = withoutBlankEnds(wanted.lines().toList());
        if (sought.isEmpty()) {
            return "It is only whitespace.";
        }
        if (sought.stream().allMatch(line -> line.matches("\\s*\\d+\\t.*"))
                || sought.stream().allMatch(line -> line.matches("\\s*\\d+[→|:] ?.*"))) {
            return "It begins with line numbers as read shows them; they are not in the file. Leave them out.";
        }
        for (Blindness blindness : BLINDNESSES) {
            int at = indexOf(lines, sought, blindness.view());
            if (at >= 0) {
                return "%s the same except for %s:\n%s%s"
                        .formatted(
                                sought.size() == 1
                                        ? "Line %d is".formatted(at + 1)
                                        : "Lines %d-%d are".formatted(at + 1, at + sought.size()),
                                blindness.to(),
                                numbered(lines, at, sought.size()),
                                firstDifference(lines, at, sought));
            }
        }
        return closest(lines, sought);
    }

    private static int indexOf(List<String> lines, List<String> sought, UnaryOperator<String> view) {
        List<String> wanted = sought.stream().map(view).toList();
        List<String> seen = lines.stream().map(view).toList();
        for (int at = 0; at + wanted.size() <= seen.size(); at++) {
            if (matches(seen, at, wanted)) {
                return at;
            }
        }
        return -1;
    }

    /// The first and the last line may be parts of lines.
    private static boolean matches(List<String> seen, int at, List<String> wanted) {
        int last = wanted.size() - 1;
        if (last == 0) {
            return seen.get(at).contains(wanted.getFirst());
        }
        return seen.get(at).endsWith(wanted.getFirst())
                && seen.get(at + last).startsWith(wanted.get(last))
                && seen.subList(at + 1, at + last).equals(wanted.subList(1, last));
    }

    private static String firstDifference(List<String> lines, int at, List<String> sought) {
        for (int i = 0; i < sought.size(); i++) {
            String real = lines.get(at + i);
            String wanted = sought.get(i);
            boolean isEdge = i == 0 || i == sought.size() - 1;
            if (isEdge ? !real.contains(wanted) : !real.equals(wanted)) {
                return "\nLine %d in the file: %s\nIn your text:        %s"
                        .formatted(at + i + 1, visible(real), visible(wanted));
            }
        }
        return "";
    }

    private static String closest(List<String> lines, List<String> sought) {
        // The longest line says most about the place.
        int anchor = 0;
        for (int i = 1; i < sought.size(); i++) {
            if (sought.get(i).strip().length() > sought.get(anchor).strip().length()) {
                anchor = i;
            }
        }
        Set<String> wanted = pairs(sought.get(anchor));
        record Candidate(int line, double likeness) {}
        List<Candidate> best = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            double likeness = likeness(wanted, pairs(lines.get(i)));
            if (likeness >= ALIKE) {
                best.add(new Candidate(i, likeness));
            }
        }
        if (best.isEmpty()) {
            return "Nothing in the file is like it. Use read or grep to see what is there.";
        }
        best.sort(Comparator.comparingDouble(Candidate::likeness).reversed().thenComparing(Candidate::line));
        int at = Math.max(0, best.getFirst().line() - anchor);
        int count = Math.min(sought.size(), lines.size() - at);
        return "The closest is %s:\n%s%s"
                .formatted(
                        range(at, count),
                        numbered(lines, at, count),
                        count == sought.size() ? firstDifference(lines, at, sought) : "");
    }

    /// Dice's coefficient of the letter pairs.
    private static double likeness(Set<String> a, Set<String> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return 0;
        }
        long common = a.stream().filter(b::contains).count();
        return 2.0 * common / (a.size() + b.size());
    }

    private static Set<String> pairs(String line) {
        String letters = Excerpt.of(withoutSpace(line), 500);
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i + 2 <= letters.length(); i++) {
            pairs.add(letters.substring(i, i + 2));
        }
        return pairs;
    }

    private static List<String> withoutBlankEnds(List<String> lines) {
        int from = 0;
        int to = lines.size();
        while (from < to && lines.get(from).isBlank()) {
            from++;
        }
        while (to > from && lines.get(to - 1).isBlank()) {
            to--;
        }
        return lines.subList(from, to);
    }

    private static String numbered(List<String> lines, int at, int count) {
        StringBuilder shown = new StringBuilder();
        for (int i = at; i < at + Math.min(count, MOST_LINES); i++) {
            shown.append(Excerpt.numbered(i + 1L, Excerpt.of(lines.get(i), LONGEST_LINE)))
                    .append('\n');
        }
        if (count > MOST_LINES) {
            shown.append("[… %d more lines]\n".formatted(count - MOST_LINES));
        }
        return shown.toString().stripTrailing();
    }

    private static String range(int at, int count) {
        return count == 1 ? "line " + (at + 1) : "lines %d-%d".formatted(at + 1, at + count);
    }

    private static String visible(String line) {
        String tail = line.substring(line.stripTrailing().length()).replace(' ', '·');
        return "`" + Excerpt.of((line.stripTrailing() + tail).replace("\t", "→"), LONGEST_LINE) + "`";
    }

    private static String withoutSpace(String line) {
        StringBuilder left = new StringBuilder(line.length());
        line.chars().filter(c -> !Character.isWhitespace(c) && c != '\u00a0').forEach(c -> left.append((char) c));
        return left.toString();
    }

    private static String plainPunctuation(String line) {
        return line.replaceAll("[\u2018\u2019\u201a\u201b\u2032`]", "'")
                .replaceAll("[\u201c\u201d\u201e\u201f\u2033]", "\"")
                .replaceAll("[\u2010-\u2015\u2212]", "-")
                .replace('"', '\'');
    }
}
