package dev.fettle.tools.snapshot.tree;

import dev.fettle.core.workspace.FilePath;
import java.util.ArrayList;
import java.util.List;

/// What was not kept or not restored, as lines that a person reads: the first ones, and a count of the rest.
public final class Omissions {
    private static final int MOST = 200;

    private final List<String> lines = new ArrayList<>();
    private int count;

    public void add(FilePath path, String reason) {
        add("%s (%s)".formatted(shown(path.toString()), oneClause(reason)));
    }

    void addDirectory(FilePath path, String reason) {
        add("%s/ (%s)".formatted(shown(path.toString()), oneClause(reason)));
    }

    public void add(String line) {
        count++;
        if (lines.size() < MOST) {
            lines.add(line);
        }
    }

    int count() {
        return count;
    }

    public List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        if (count > lines.size()) {
            all.add("… and %d more".formatted(count - lines.size()));
        }
        return List.copyOf(all);
    }

    /// The path of a line that [#add] made.
    public static String path(String line) {
        int end = line.lastIndexOf(" (");
        return end < 0 ? line : line.substring(0, end);
    }

    /// So that the last parenthesis of a line is where its reason begins.
    private static String oneClause(String reason) {
        return shown(reason).replace(" (", ": ");
    }

    /// On one line, whatever the name contains.
    private static String shown(String path) {
        return path.codePoints()
                .map(each -> Character.isISOControl(each) || each == '\u2028' || each == '\u2029' ? '?' : each)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
