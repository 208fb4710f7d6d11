package dev.fettle.core.permission.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One program and its arguments, quotes removed. Expansions stay as they were written, `${HOME}` as
/// `$HOME`.
///
/// @param fedBy programs whose output becomes a word of it: `curl` in `bash -c "$(curl x)"` and in `sh
///     <(curl x)`
/// @param input what a here-document or here-string gives it
public record SimpleCommand(List<String> words, List<String> fedBy, Optional<String> input) {
    public SimpleCommand {
        words = List.copyOf(words);
        fedBy = List.copyOf(fedBy);
    }

    /// Only words.
    public SimpleCommand(List<String> words) {
        this(words, List.of(), Optional.empty());
    }

    /// The name as written; empty if there is none.
    public String name() {
        return words.isEmpty() ? "" : words.getFirst();
    }

    /// The name without its directory. Enough to refuse a command, never enough to allow one.
    public String program() {
        return name().substring(name().lastIndexOf('/') + 1);
    }

    public List<String> arguments() {
        return words.isEmpty() ? List.of() : words.subList(1, words.size());
    }

    /// Arguments that are not options; all of them after `--`.
    public List<String> operands() {
        int end = arguments().indexOf("--");
        List<String> before = end < 0 ? arguments() : arguments().subList(0, end);
        List<String> found =
                new ArrayList<>(before.stream().filter(each -> !isOption(each)).toList());
        if (end >= 0) {
            found.addAll(arguments().subList(end + 1, arguments().size()));
        }
        return found;
    }

    /// Whether an option is given: `-r` also as part of `-rf`, `--force` also as `--force=x` or shortened
    /// to `--forc`.
    public boolean has(String option) {
        int end = arguments().indexOf("--");
        return (end < 0 ? arguments() : arguments().subList(0, end)).stream().anyMatch(each -> isOption(each, option));
    }

    private static boolean isOption(String word) {
        return word.startsWith("-") && word.length() > 1;
    }

    private static boolean isOption(String word, String option) {
        if (word.equals(option)) {
            return true;
        }
        if (option.startsWith("--")) {
            String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            return name.length() > 4 && option.startsWith(name);
        }
        return option.length() == 2
                && word.startsWith("-")
                && !word.startsWith("--")
                && word.indexOf(option.charAt(1)) > 0;
    }

    SimpleCommand with(List<String> otherWords) {
        return new SimpleCommand(otherWords, fedBy, input);
    }
}
