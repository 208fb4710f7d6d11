package dev.fettle.cli.safety;

import dev.fettle.core.text.ShellWord;
import java.util.List;
import java.util.stream.Collectors;

/// The words after `--` as a script for bash.
final class CommandWords {
    private CommandWords() {}

    /// One word is a script already; of several each is quoted that needs it, so that bash reads them as given.
    static String script(List<String> words) {
        return words.size() == 1
                ? words.getFirst()
                : words.stream().map(ShellWord::quoted).collect(Collectors.joining(" "));
    }
}
