package dev.fettle.tools.text;

import java.util.Locale;

/// Short ways to show text.
public final class Excerpt {
    private Excerpt() {}

    /// At most so many characters, and `…` if that is not all.
    public static String of(String text, int most) {
        return text.length() <= most ? text : text.substring(0, wholeCharacters(text, most)) + "…";
    }

    /// A line with its number, as `cat -n` shows it.
    public static String numbered(long number, String line) {
        return "%6d\t%s".formatted(number, line);
    }

    /// A number as a person writes it: `1,234`.
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// At most `most`, and not between the halves of a surrogate pair.
    public static int wholeCharacters(String text, int most) {
        return most > 0 && most < text.length() && Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    }
}
