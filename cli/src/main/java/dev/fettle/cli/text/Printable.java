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
}
