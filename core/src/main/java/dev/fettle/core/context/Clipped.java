package dev.fettle.core.context;

/// A text of which only the beginning and the end are left if it is long, for there the most is said.
final class Clipped {
    private Clipped() {}

    /// The text with at most so many characters of its own.
    static String of(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int head = whole(text, most * 2 / 3);
        int tail = whole(text, text.length() - most / 3);
        return "%s\n[… %d characters left out …]\n%s"
                .formatted(text.substring(0, head), tail - head, text.substring(tail));
    }

    /// So that no character is taken apart.
    private static int whole(String text, int index) {
        return index > 0 && index < text.length() && Character.isLowSurrogate(text.charAt(index)) ? index - 1 : index;
    }
}
