package dev.fettle.cli.render;

import dev.fettle.cli.text.Style;
import java.io.InputStream;
import java.io.PrintStream;

/// The three standard streams and what is at their other ends. Results go to `out`, all else to `err`.
public record Console(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean isInTerminal,
        boolean isOutTerminal,
        boolean isErrTerminal,
        boolean hasColor) {

    /// Colours for `err`, or none.
    public Style style() {
        return new Style(hasColor && isErrTerminal);
    }
}
