package dev.fettle.core.workflow;

import dev.fettle.core.text.ShellWord;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Commands that tell whether files are well-formed, for the languages that have one. None of them runs what is in the
/// files, or leaves anything behind.
enum SyntaxCheck {
    PYTHON("py", "python3 -c 'import ast,sys; [ast.parse(open(f,\"rb\").read(),f) for f in sys.argv[1:]]' %s"),
    JAVASCRIPT("js|mjs|cjs", "for f in %s; do node --check \"$f\" || exit; done"),
    JAVA("java", "javac -proc:none -XDshould-stop.ifNoError=FLOW %s", true),
    SHELL("sh|bash", "for f in %s; do bash -n \"$f\" || exit; done"),
    JSON("json", "python3 -c 'import json,sys; [json.load(open(f,\"rb\")) for f in sys.argv[1:]]' %s"),
    GO("go", "gofmt -e %s >/dev/null"),
    RUBY("rb", "for f in %s; do ruby -c \"$f\" || exit; done"),
    PHP("php", "for f in %s; do php -l \"$f\" || exit; done"),
    C("c", "gcc -fsyntax-only %s", true),
    CPP("cpp|cc|cxx", "g++ -fsyntax-only %s", true);

    private final String endings;
    private final String command;
    private final boolean needsOthers;

    SyntaxCheck(String endings, String command) {
        this(endings, command, false);
    }

    /// A check that fails for want of what the files use, if that is elsewhere.
    SyntaxCheck(String endings, String command, boolean needsOthers) {
        this.endings = endings;
        this.command = command;
        this.needsOthers = needsOthers;
    }

    /// Those for the files of some work, one for each language; none for files in a language that none is known for,
    /// or whose compiler only the work's own commands know how to call.
    static List<String> commands(Work work) {
        return Arrays.stream(values())
                .filter(each -> !each.needsOthers || work.checks().isEmpty())
                .flatMap(each -> each.over(work.files()).stream())
                .toList();
    }

    /// Whether nothing is known that could check a file.
    static boolean isUnknown(String file) {
        return Arrays.stream(values()).noneMatch(each -> each.knows(file));
    }

    private Optional<String> over(List<String> files) {
        List<String> known = files.stream().filter(this::knows).toList();
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(command.formatted(
                        known.stream().map(SyntaxCheck::quoted).collect(Collectors.joining(" "))));
    }

    private boolean knows(String file) {
        return file.matches("(?s).*\\.(" + endings + ")");
    }

    /// A name that begins with a dash is no option then.
    private static String quoted(String file) {
        return ShellWord.quoted(file.startsWith("/") ? file : "./" + file);
    }
}
