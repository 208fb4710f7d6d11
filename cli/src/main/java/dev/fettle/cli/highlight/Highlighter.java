package dev.fettle.cli.highlight;

import dev.fettle.cli.text.Style;

/// Colours one text of code, line after line.
public final class Highlighter {
    private Highlighter() {}

    /// For one text.
    ///
    /// @param language as after the fence of a code block, or a file's extension; unknown ones stay plain
    public static Highlighter of(String language, Style style) {
        return new Highlighter();
    }

    /// Its next line in colour.
    ///
    /// @param line the next one, without its end
    public String line(String line) {
        return line;
    }
}
