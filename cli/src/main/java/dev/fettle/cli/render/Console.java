package dev.fettle.cli.render;

import dev.fettle.cli.text.Style;
import java.io.InputStream;
import java.io.PrintStream;

/// The three standard streams and what is at their other ends. Results go to `out`, all else to `err`.
///
/// @param columns how wide the terminal is
public record Console(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean isInTerminal,
        boolean isOutTerminal,
        boolean isErrTerminal,
        boolean hasColor,
        int columns) {
    private static final int USUAL_COLUMNS = 80;

    /// Of usual width.
    public Console(
            InputStream in,
            PrintStream out,
            PrintStream err,
            boolean isInTerminal,
            boolean isOutTerminal,
            boolean isErrTerminal,
            boolean hasColor) {
        this(in, out, err, isInTerminal, isOutTerminal, isErrTerminal, hasColor, USUAL_COLUMNS);
    }

    /// Colours for `err`, or none.
    public Style style() {
        return new Style(hasColor && isErrTerminal);
    }

    /// Colours for `out`, or none.
    public Style outStyle() {
        return new Style(hasColor && isOutTerminal);
    }
}
