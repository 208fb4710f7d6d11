package dev.fettle.tools.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A text as a model sees it, with plain line feeds, and the way back to where things are in the real text.
/// So a text with Windows line ends, or with both kinds, can be changed in one place and kept as it is elsewhere.
public final class LfView {
    private final String original;
    private final String text;
    /// Where in `text` a line feed stands for two characters, ascending.
    private final int[] shortened;

    public LfView(String original) {
        this.original = original;
        this.text = toLf(original);
        this.shortened = shortenedPlaces(original, text.length());
    }

    public static String toLf(String text) {
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n");
    }

    public String text() {
        return text;
    }

    /// Where `words` begin, in this view; they do not overlap.
    public List<Integer> find(String words) {
        List<Integer> places = new ArrayList<>();
        for (int at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length())) {
            places.add(at);
        }
        return places;
    }

    /// The line, counted from 1, that a place in this view is on.
    public int lineOf(int place) {
        return (int) text.substring(0, place).chars().filter(c -> c == '\n').count() + 1;
    }

    /// The real text with `words`, wherever they begin, replaced.
    ///
    /// @param places ascending, not overlapping
    public String replace(List<Integer> places, int length, String replacement) {
        StringBuilder changed = new StringBuilder();
        int done = 0;
        for (int place : places) {
            changed.append(original, done, real(place)).append(replacement);
            done = real(place + length);
        }
        return changed.append(original, done, original.length()).toString();
    }

    private int real(int place) {
        int index = Arrays.binarySearch(shortened, place);
        return place + (index >= 0 ? index : -index - 1);
    }

    private static int[] shortenedPlaces(String original, int length) {
        int[] places = new int[original.length() - length];
        int count = 0;
        for (int at = original.indexOf("\r\n"); at >= 0; at = original.indexOf("\r\n", at + 2)) {
            places[count] = at - count;
            count++;
        }
        return places;
    }
}
