package dev.fettle.core.text;

import java.util.regex.Pattern;

/// Words as a shell reads them (POSIX, "Quoting").
public final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

    private ShellWord() {}

    /// A word that the shell takes literally: in quotes if it needs them, so that it can be read where it does not.
    public static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
