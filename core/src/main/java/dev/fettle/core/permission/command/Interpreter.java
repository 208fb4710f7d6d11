package dev.fettle.core.permission.command;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Programs that run code from their arguments or their input.
public final class Interpreter {
    private static final Set<String> SHELLS =
            Set.of("sh", "bash", "rbash", "dash", "ash", "zsh", "ksh", "mksh", "fish", "csh", "tcsh");
    private static final Pattern LANGUAGE =
            Pattern.compile("(python|pypy|perl|ruby|node|nodejs|deno|bun|php|lua|luajit|tclsh|Rscript|jshell)[0-9.]*");
    /// Their first operand is a program, or they cannot do without one.
    private static final Set<String> ALWAYS_INLINE = Set.of("awk", "gawk", "mawk", "nawk", "sed", "gsed", "jshell");
    private static final Pattern SHELL_CODE = Pattern.compile("-[A-Za-z]*c");
    /// Options after which, or in which, code stands. Some letters mean less to some of them; better one
    /// too many.
    private static final Pattern LANGUAGE_CODE =
            Pattern.compile("-[A-Za-z0-9]*[ceEprB].*|--(eval|print|command|run)(=.*)?|eval", Pattern.DOTALL);

    private Interpreter() {}

    public static boolean isShell(SimpleCommand command) {
        return SHELLS.contains(command.program());
    }

    /// Whether it takes its program from where a pipe or a terminal would be.
    public static boolean readsProgramFromInput(SimpleCommand command) {
        if (!isShell(command) && !LANGUAGE.matcher(command.program()).matches()) {
            return false;
        }
        for (String word : command.arguments()) {
            if (word.equals("-") || word.equals("-s")) {
                return true;
            }
            if (isCode(command, word) || word.equals("-m") || !word.startsWith("-")) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCode(SimpleCommand command, String word) {
        return (isShell(command) ? SHELL_CODE : LANGUAGE_CODE).matcher(word).matches();
    }

    /// Whether the code it runs is not in a file that a person could have looked at.
    static boolean hasInlineCode(SimpleCommand command) {
        if (ALWAYS_INLINE.contains(command.program())) {
            return true;
        }
        return (isShell(command) || LANGUAGE.matcher(command.program()).matches())
                && (readsProgramFromInput(command)
                        || command.arguments().stream().anyMatch(each -> isCode(command, each)));
    }

    /// The script in `bash -c 'script'`, in `eval`'s words, in `su -c`, or in the here-document of a shell.
    static Optional<String> script(SimpleCommand command) {
        List<String> arguments = command.arguments();
        if (command.name().equals("eval")) {
            return Optional.of(String.join(" ", arguments));
        }
        if (!isShell(command) && !Set.of("su", "runuser").contains(command.program())) {
            return Optional.empty();
        }
        for (int i = 0; i + 1 < arguments.size(); i++) {
            String word = arguments.get(i);
            if (SHELL_CODE.matcher(word).matches() || word.equals("--command")) {
                return Optional.of(arguments.get(i + 1));
            }
        }
        return readsProgramFromInput(command) ? command.input() : Optional.empty();
    }
}
