package dev.fettle.cli.markdown;

import dev.fettle.cli.text.Look;
import dev.fettle.cli.text.Style;

/// Text that looks the same from its beginning to its end.
///
/// @param link where it leads, or nothing
record Run(String text, Look look, String link) {
    static Run plain(String text) {
        return new Run(text, Look.PLAIN, "");
    }

    boolean looksLike(Run other) {
        return look.equals(other.look) && link.equals(other.link);
    }

    Run withText(String other) {
        return new Run(other, look, link);
    }

    String painted(Style style) {
        return style.link(link, style.paint(look, text));
    }
}
