package dev.fettle.core.secret;

import java.util.Arrays;

/// A text without its line ends, the indentation and line numbers behind them, and the way back.
final class Unwrapped {
    static final Unwrapped NONE = new Unwrapped("", new int[0]);

    private final String text;
    private final int[] positions;

    private Unwrapped(String text, int[] positions) {
        this.text = text;
        this.positions = positions;
    }

    String text() {
        return text;
    }

    static Unwrapped of(String text) {
        StringBuilder joined = new StringBuilder(text.length());
        int[] positions = new int[text.length()];
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                i = pastMargin(text, i + 1);
            } else {
                positions[joined.length()] = i;
                joined.append(c);
                i++;
            }
        }
        return new Unwrapped(joined.toString(), Arrays.copyOf(positions, joined.length()));
    }

    private static int pastMargin(String text, int from) {
        int at = pastBlanks(text, from);
        int digits = at;
        while (digits < text.length() && digits - at < 7 && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        return digits > at && digits < text.length() && text.charAt(digits) == '\t' ? digits + 1 : at;
    }

    private static int pastBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    boolean isNothing() {
        return positions.length == 0;
    }

    int original(int position) {
        return positions[position];
    }
}
