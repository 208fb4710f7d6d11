package dev.fettle.cli.text;

import java.util.regex.Pattern;

/// Text from models and commands, made safe to print: without control characters it cannot move the cursor, retitle
/// the window or write to the clipboard of the terminal that shows it.
public final class Printable {
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

    private Printable() {}

    public static String of(String text) {
        return CONTROLS.matcher(text).replaceAll("");
    }

    /// The same, on one line.
    public static String line(String text) {
        return of(text).replace('\n', ' ').replace('\t', ' ').strip();
    }

    /// A number of things: `1 line`, `1,234 lines`.
    public static String count(long n, String noun) {
        return "%,d %s%s".formatted(n, noun, n == 1 ? "" : "s");
    }
}
