package dev.fettle.cli.interactive;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// Finds paths by a few of their letters in order: `tvw` finds `TurnView.java`. Letters that follow each other, begin a
/// word or stand in the file's name count more, and a short path more than a long one.
record FuzzyWord(String typed) {
    private static final int IN_ROW = 8;
    private static final int AT_BEGINNING = 10;
    private static final int IN_NAME = 4;

    /// Those that fit best, the best first.
    List<String> best(List<String> paths, int most) {
        record Fit(String path, int score) {}
        return paths.stream()
                .flatMap(path -> score(path).stream().mapToObj(score -> new Fit(path, score)))
                .sorted(Comparator.comparingInt(Fit::score)
                        .reversed()
                        .thenComparing(fit -> fit.path().length())
                        .thenComparing(Fit::path))
                .limit(most)
                .map(Fit::path)
                .toList();
    }

    /// How well a path fits; empty if it does not.
    OptionalInt score(String path) {
        OptionalInt name = score(path, path.lastIndexOf('/') + 1);
        return name.isPresent() ? name : score(path, 0);
    }

    private OptionalInt score(String path, int from) {
        String letters = typed.toLowerCase(Locale.ROOT);
        String text = path.toLowerCase(Locale.ROOT);
        int nameAt = path.lastIndexOf('/') + 1;
        int score = 0;
        int last = -2;
        int at = from;
        for (int i = 0; i < letters.length(); i++) {
            at = text.indexOf(letters.charAt(i), at);
            if (at < 0) {
                return OptionalInt.empty();
            }
            score += (at == last + 1 ? IN_ROW : 0)
                    + (isBeginning(path, at) ? AT_BEGINNING : 0)
                    + (at >= nameAt ? IN_NAME : 0);
            last = at;
            at++;
        }
        return OptionalInt.of(score);
    }

    private static boolean isBeginning(String path, int at) {
        return at == 0
                || !Character.isLetterOrDigit(path.charAt(at - 1))
                || (Character.isUpperCase(path.charAt(at)) && !Character.isUpperCase(path.charAt(at - 1)));
    }
}
