package dev.fettle.tools.text;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;

/// What changed in a file, short enough to show.
///
/// @param added lines
/// @param removed lines
/// @param hunks in unified form without file names, cut if long
public record UnifiedDiff(int added, int removed, String hunks) {
    private static final int CONTEXT = 2;
    private static final int MOST_LINES = 80;
    private static final int LONGEST_LINE = 300;
    /// The search for the shortest difference takes lines times differences; beyond this it is not worth it.
    private static final int MOST_COMPARED = 4000;

    /// Line ends do not count.
    public static UnifiedDiff between(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        int start = commonStart(old, now);
        int end = commonEnd(old, now, start);
        int removed = old.size() - start - end;
        int added = now.size() - start - end;
        if (removed == 0 && added == 0) {
            return new UnifiedDiff(0, 0, "");
        }
        if (removed + added > MOST_COMPARED) {
            return new UnifiedDiff(
                    added, removed, "[diff too long to show: lines %d-%d are new]".formatted(start + 1, start + added));
        }
        // Only the part that differs, with its context, and the numbers put right afterwards.
        int from = Math.max(0, start - CONTEXT);
        List<String> oldPart = old.subList(from, Math.min(old.size(), old.size() - end + CONTEXT));
        List<String> newPart = now.subList(from, Math.min(now.size(), now.size() - end + CONTEXT));
        Patch<String> patch = DiffUtils.diff(oldPart, newPart);
        List<String> lines = UnifiedDiffUtils.generateUnifiedDiff("a", "b", oldPart, patch, CONTEXT);
        return of(lines.subList(2, lines.size()), from);
    }

    public String summary() {
        return "+%d -%d".formatted(added, removed);
    }

    private static UnifiedDiff of(List<String> lines, int offset) {
        List<String> shown = new ArrayList<>();
        int added = 0;
        int removed = 0;
        for (String line : lines) {
            added += line.startsWith("+") ? 1 : 0;
            removed += line.startsWith("-") ? 1 : 0;
            if (shown.size() < MOST_LINES) {
                shown.add(Excerpt.of(line.startsWith("@@") ? shifted(line, offset) : line, LONGEST_LINE));
            }
        }
        if (lines.size() > MOST_LINES) {
            shown.add("[… %d more lines of diff cut; use read to see the file]".formatted(lines.size() - MOST_LINES));
        }
        return new UnifiedDiff(added, removed, String.join("\n", shown));
    }

    /// `@@ -1,5 +1,6 @@`, further down the file.
    private static String shifted(String header, int offset) {
        String[] words = header.split(" ", -1);
        return "@@ -%s +%s @@".formatted(shiftedRange(words[1], offset), shiftedRange(words[2], offset));
    }

    private static String shiftedRange(String range, int offset) {
        String[] numbers = range.substring(1).split(",", -1);
        return (Integer.parseInt(numbers[0]) + offset) + "," + numbers[1];
    }

    private static int commonStart(List<String> a, List<String> b) {
        int most = Math.min(a.size(), b.size());
        int count = 0;
        while (count < most && a.get(count).equals(b.get(count))) {
            count++;
        }
        return count;
    }

    private static int commonEnd(List<String> a, List<String> b, int start) {
        int most = Math.min(a.size(), b.size()) - start;
        int count = 0;
        while (count < most && a.get(a.size() - 1 - count).equals(b.get(b.size() - 1 - count))) {
            count++;
        }
        return count;
    }
}
