package dev.fettle.core.text;

/// How long a text may be that is to be kept. What does not fit is refused in words for whoever wrote it.
///
/// @param what what the text is, as a sentence begins with it: `A fact`
/// @param most in characters as Java counts them
public record TextLimit(String what, int most) {

    /// Refuses what cannot be kept.
    ///
    /// @throws IllegalArgumentException if the text is too long, or holds the one character that
    ///     PostgreSQL cannot
    public void check(String text) {
        if (text.length() > most) {
            throw new IllegalArgumentException(
                    "%s may have %d characters at most; this has %d. Shorten it.".formatted(what, most, text.length()));
        }
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("%s may not hold a NUL character; take it out.".formatted(what));
        }
    }

    /// Refuses the same, and what says nothing.
    ///
    /// @throws IllegalArgumentException also if the text is blank
    public void checkFilled(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("%s may not be empty.".formatted(what));
        }
        check(text);
    }
}
