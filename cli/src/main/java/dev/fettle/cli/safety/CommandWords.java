package dev.fettle.cli.safety;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The words after `--` as a script for bash.
final class CommandWords {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

    private CommandWords() {}

    /// One word is a script already; of several each is quoted that needs it, so that bash reads them as given.
    static String script(List<String> words) {
        return words.size() == 1
                ? words.getFirst()
                : words.stream().map(CommandWords::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
