package dev.fettle.core.permission.rule;

import dev.fettle.core.permission.command.SimpleCommand;
import dev.fettle.core.workspace.Reach;
import java.util.List;

/// What a rule fits.
public sealed interface Match {

    /// As files name it: `execute`, `widen`, `read`, `write`.
    String tool();

    /// What it fits, as a person would write it.
    String describe();

    /// Files.
    record Path(Access access, PathGlob glob) implements Match {
        /// What is done to the file.
        public enum Access {
            READ,
            WRITE
        }

        @Override
        public String tool() {
            return access == Access.READ ? "read" : "write";
        }

        @Override
        public String describe() {
            return glob.text();
        }
    }

    /// Commands that begin with certain words.
    ///
    /// @param reach how far it goes: to run in its place, or to leave it
    /// @param words none fits every command
    /// @param flags for a rule that asks or refuses: one of them has to be there; for one that allows: no
    ///     other may
    record Words(Reach reach, List<String> words, List<String> flags) implements Match {
        public Words {
            words = List.copyOf(words);
            flags = List.copyOf(flags);
        }

        @Override
        public String tool() {
            return reach == Reach.SANDBOX ? "execute" : "widen";
        }

        @Override
        public String describe() {
            String text = String.join(" ", words.isEmpty() ? List.of("any command") : words);
            return flags.isEmpty() ? text : text + " " + String.join("|", flags);
        }

        /// Whether nothing in the command goes beyond what is allowed.
        boolean covers(SimpleCommand command) {
            return command.words().size() >= words.size()
                    && command.words().subList(0, words.size()).equals(words)
                    && (flags.isEmpty()
                            || command
                                    .words()
                                    .subList(words.size(), command.words().size())
                                    .stream()
                                    .filter(each -> each.startsWith("-"))
                                    .allMatch(flags::contains));
        }

        /// Whether the command is of this kind, whatever its directory and wherever its options stand.
        boolean touches(SimpleCommand command) {
            return (words.isEmpty() || begins(command))
                    && words.stream().filter(Words::isOption).allMatch(command::has)
                    && (flags.isEmpty() || flags.stream().anyMatch(command::has));
        }

        private boolean begins(SimpleCommand command) {
            List<String> mine = words.stream().filter(each -> !isOption(each)).toList();
            List<String> theirs =
                    command.words().stream().filter(each -> !isOption(each)).toList();
            return theirs.size() >= mine.size()
                    && command.program().equals(program(words.getFirst()))
                    && theirs.subList(1, mine.size()).equals(mine.subList(1, mine.size()));
        }

        private static boolean isOption(String word) {
            return word.startsWith("-");
        }

        private static String program(String word) {
            return word.substring(word.lastIndexOf('/') + 1);
        }
    }

    /// A shape of command that no prefix describes.
    record Shape(Forbidden forbidden) implements Match {
        @Override
        public String tool() {
            return "execute";
        }

        @Override
        public String describe() {
            return forbidden.title();
        }
    }
}
