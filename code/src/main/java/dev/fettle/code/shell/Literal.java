package dev.fettle.code.shell;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Whether a script consists of nothing but literal words and `|`, `&&`, `||`, `;`, line ends between
/// commands.
///
/// The grammar is not bash, and every difference between the two is a way to run one thing and show
/// another. So nothing counts as literal because the grammar says so: every kind of node, every character
/// of a word and every character *between* the nodes has to be on a short list on which all shells agree.
/// What is missing there is asked about.
final class Literal {
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_./:@%+,-]+");
    private static final Pattern DOUBLE_QUOTED = Pattern.compile("\"[^$`\\\\!\"]*\"");
    private static final Pattern SINGLE_QUOTED = Pattern.compile("'[^']*'");
    private static final Set<String> RESERVED = Set.of(
            "if",
            "then",
            "else",
            "elif",
            "fi",
            "for",
            "while",
            "until",
            "do",
            "done",
            "case",
            "esac",
            "select",
            "function",
            "in",
            "coproc",
            "time",
            "alias",
            "unalias",
            "enable",
            "shopt",
            "set");

    private Literal() {}

    static boolean isLiteral(Syntax program) {
        return program.source().chars().noneMatch(Literal::isTreacherous)
                && program.is("program")
                && isOutside(program, 0, program.start())
                && isOutside(program, program.end(), program.source().length())
                && isSequence(program);
    }

    /// Characters that are invisible, look like others, or are a blank to one program and a letter to
    /// another.
    private static boolean isTreacherous(int c) {
        if (c == '\n' || c == '\t' || c == ' ') {
            return false;
        }
        return Character.isISOControl(c)
                || Character.isSpaceChar(c)
                || Character.isWhitespace(c)
                || Character.getType(c) == Character.FORMAT;
    }

    private static boolean isOutside(Syntax program, int from, int to) {
        return program.source().substring(from, to).isBlank();
    }

    /// Statements, each ended by `;` or a line end.
    private static boolean isSequence(Syntax program) {
        boolean isEnded = true;
        int at = program.start();
        for (Syntax child : program.children()) {
            String gap = program.source().substring(at, child.start());
            if (!gap.isBlank()) {
                return false;
            }
            isEnded |= gap.contains("\n");
            if (child.isNamed()) {
                if (!isEnded || !isStatement(child)) {
                    return false;
                }
                isEnded = false;
            } else if ((child.type().equals(";") && !isEnded) || child.type().equals("\n")) {
                isEnded = true;
            } else {
                return false;
            }
            at = child.end();
        }
        return program.source().substring(at, program.end()).isBlank();
    }

    private static boolean isStatement(Syntax node) {
        return switch (node.type()) {
            case "command" -> isCommand(node);
            case "list" -> isJoined(node, Set.of("&&", "||"));
            case "pipeline" -> isJoined(node, Set.of("|"));
            default -> false;
        };
    }

    private static boolean isJoined(Syntax node, Set<String> operators) {
        return areApart(node, 0)
                && node.children().stream()
                        .allMatch(each -> each.isNamed() ? isStatement(each) : operators.contains(each.type()));
    }

    private static boolean isCommand(Syntax command) {
        List<Syntax> words = command.children();
        return areApart(command, 1)
                && words.getFirst().is("command_name")
                && isName(words.getFirst())
                && words.stream().skip(1).allMatch(Literal::isWord);
    }

    /// Whether children are separated by blanks on one line, as far as they have to be.
    private static boolean areApart(Syntax node, int fewest) {
        for (int i = 1; i < node.children().size(); i++) {
            String gap = node.source()
                    .substring(
                            node.children().get(i - 1).end(),
                            node.children().get(i).start());
            if (gap.length() < fewest || !gap.chars().allMatch(c -> c == ' ' || c == '\t')) {
                return false;
            }
        }
        return !node.children().isEmpty();
    }

    private static boolean isName(Syntax name) {
        return NAME.matcher(name.text()).matches()
                && !RESERVED.contains(name.text())
                && name.children().stream().allMatch(each -> each.is("word"));
    }

    private static boolean isWord(Syntax word) {
        return switch (word.type()) {
            case "word", "number" -> BARE.matcher(word.text()).matches();
            case "string" -> DOUBLE_QUOTED.matcher(word.text()).matches();
            case "raw_string" -> SINGLE_QUOTED.matcher(word.text()).matches();
            case "concatenation" ->
                isTight(word) && word.children().stream().allMatch(each -> !each.is("concatenation") && isWord(each));
            default -> false;
        };
    }

    private static boolean isTight(Syntax word) {
        int length = word.children().stream()
                .mapToInt(each -> each.end() - each.start())
                .sum();
        return length == word.end() - word.start();
    }
}
