package dev.fettle.cli.text;

/// ANSI attributes (ECMA-48 SGR), or nothing where colour is not wanted. Only the eight colours that every
/// terminal lets its user choose, so that they can be read on light and on dark.
///
/// @param hasLinks whether links may be put behind their text (OSC 8)
public record Style(boolean isOn, boolean hasLinks) {
    public static final Style PLAIN = new Style(false);

    public Style(boolean isOn) {
        this(isOn, false);
    }

    public String bold(String text) {
        return paint(Look.BOLD, text);
    }

    public String dim(String text) {
        return paint(Look.DIM, text);
    }

    public String red(String text) {
        return paint(Look.RED, text);
    }

    public String green(String text) {
        return paint(Look.GREEN, text);
    }

    public String yellow(String text) {
        return paint(Look.YELLOW, text);
    }

    public String cyan(String text) {
        return paint(Look.CYAN, text);
    }

    public String paint(Look look, String text) {
        return isOn && !text.isEmpty() && !look.codes().isEmpty()
                ? "\u001b[" + look.codes() + "m" + text + "\u001b[0m"
                : text;
    }

    /// Leads somewhere when it is clicked (OSC 8), where that is wanted.
    public String link(String address, String text) {
        return hasLinks && !address.isEmpty()
                ? "\u001b]8;;" + address + "\u001b\\" + text + "\u001b]8;;\u001b\\"
                : text;
    }
}
