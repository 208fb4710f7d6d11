package dev.fettle.server.json;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/// What an operator does not want to be sent, as a regular expression of RE2
/// (<https://github.com/google/re2/wiki/Syntax>). It takes time that grows with the text and no faster, so no
/// text makes the server think for hours, as one can with Java's own expressions.
///
/// @param pattern found anywhere in a text
public record ForbiddenText(Pattern pattern) {
    private static final int LARGEST = 5_000;

    /// Understands an expression.
    ///
    /// @throws IllegalArgumentException if it is none, or repeats so much that every text would take long
    public static ForbiddenText of(String expression) {
        try {
            Pattern pattern = Pattern.compile(expression);
            if (pattern.programSize() > LARGEST) {
                throw new IllegalArgumentException("`%s` repeats too much".formatted(expression));
            }
            return new ForbiddenText(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "`%s` is no regular expression of RE2: %s".formatted(expression, e.getDescription()), e);
        }
    }

    boolean isIn(String text) {
        return pattern.matcher(text).find();
    }
}
