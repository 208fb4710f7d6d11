package dev.fettle.core.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds what somebody probably meant.
public final class Nearest {
    private static final int LONGEST = 100;

    private Nearest() {}

    /// The candidate with the fewest edits from `word` (optimal string alignment: two neighbours swapped are
    /// one edit; case ignored), if it is near enough to be a slip: at most a third of the longer word, and at
    /// least one edit is always allowed.
    public static Optional<String> to(String word, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> isNear(word, candidate))
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /// What differs much in length is not near, and need not be measured: a model's word may be megabytes long.
    private static boolean isNear(String word, String candidate) {
        int most = Math.max(1, Math.max(word.length(), candidate.length()) / 3);
        return Math.abs(word.length() - candidate.length()) <= most && distance(word, candidate) <= most;
    }

    private static int distance(String first, String second) {
        String a = first.toLowerCase(Locale.ROOT);
        String b = second.toLowerCase(Locale.ROOT);
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : fewest(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int fewest(int[][] edits, String a, String b, int i, int j) {
        int change = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int fewest = Math.min(change, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean isSwap = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return isSwap ? Math.min(fewest, edits[i - 2][j - 2] + 1) : fewest;
    }

    /// A name that somebody made up, as it may be shown: whole, or its beginning if it has no end.
    public static String quotable(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, name.offsetByCodePoints(0, LONGEST / 2)) + "…";
    }
}
