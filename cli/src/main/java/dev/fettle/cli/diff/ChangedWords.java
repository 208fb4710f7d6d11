package dev.fettle.cli.diff;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.fettle.cli.text.Look;
import dev.fettle.cli.text.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A line before and after, the words that differ standing out.
///
/// @param before with its colours
/// @param after with its colours
record ChangedWords(String before, String after) {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]++|\\s++|.", Pattern.DOTALL);
    /// The comparison takes words times differences.
    private static final int LONGEST = 400;

    static ChangedWords of(String before, String after, Style style) {
        List<String> old = words(before);
        List<String> now = words(after);
        boolean[] isRemoved = new boolean[old.size()];
        boolean[] isAdded = new boolean[now.size()];
        if (style.isOn() && before.length() <= LONGEST && after.length() <= LONGEST) {
            for (AbstractDelta<String> delta : DiffUtils.diff(old, now).getDeltas()) {
                mark(
                        isRemoved,
                        delta.getSource().getPosition(),
                        delta.getSource().size());
                mark(isAdded, delta.getTarget().getPosition(), delta.getTarget().size());
            }
        }
        boolean isAlike = isWorthwhile(old, isRemoved) && isWorthwhile(now, isAdded);
        return new ChangedWords(
                painted(old, isRemoved, isAlike, Look.RED, style), painted(now, isAdded, isAlike, Look.GREEN, style));
    }

    /// Where most of a line differs, pointing at that says nothing.
    private static boolean isWorthwhile(List<String> words, boolean[] differs) {
        int kept = 0;
        int all = 0;
        for (int i = 0; i < words.size(); i++) {
            int length = words.get(i).strip().length();
            all += length;
            kept += differs[i] ? 0 : length;
        }
        return kept * 3 >= all;
    }

    private static void mark(boolean[] differs, int from, int count) {
        for (int i = from; i < from + count; i++) {
            differs[i] = true;
        }
    }

    private static String painted(List<String> words, boolean[] differs, boolean isAlike, Look look, Style style) {
        if (!isAlike) {
            return style.paint(look, String.join("", words));
        }
        StringBuilder line = new StringBuilder();
        int from = 0;
        for (int i = 1; i <= words.size(); i++) {
            if (i == words.size() || differs[i] != differs[from]) {
                Look shown = differs[from] ? look.and(Look.REVERSED) : look;
                line.append(style.paint(shown, String.join("", words.subList(from, i))));
                from = i;
            }
        }
        return line.toString();
    }

    private static List<String> words(String line) {
        return new ArrayList<>(
                WORD.matcher(line).results().map(MatchResult::group).toList());
    }
}
