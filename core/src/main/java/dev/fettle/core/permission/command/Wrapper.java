package dev.fettle.core.permission.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Programs that run another one, named in their arguments: `sudo`, `env`, `xargs`. What they run is judged
/// as if it stood alone when something is forbidden; when something is allowed they never count as what
/// they run.
final class Wrapper {
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_]\\w*=.*", Pattern.DOTALL);

    /// What stands before the program that is run.
    ///
    /// @param valued options whose value is the next word
    /// @param operands how many other words come first
    private record Shape(Set<String> valued, int operands) {}

    private static final Shape PLAIN = new Shape(Set.of(), 0);

    private static final Map<String, Shape> SHAPES = Map.ofEntries(
            Map.entry("sudo", options("-u -g -h -p -C -D -R -T -U -r -t --user --group --host --chdir --chroot")),
            Map.entry("doas", options("-u -C")),
            Map.entry("env", options("-u -C --unset --chdir")),
            Map.entry(
                    "xargs",
                    options("-a -d -E -I -L -n -P -s --arg-file --delimiter --max-args --max-procs --replace")),
            Map.entry("nice", options("-n --adjustment")),
            Map.entry("ionice", options("-c -n -p --class --classdata")),
            Map.entry("timeout", new Shape(Set.of("-k", "-s", "--kill-after", "--signal"), 1)),
            Map.entry("chroot", new Shape(Set.of(), 1)),
            Map.entry("flock", new Shape(Set.of("-w", "--timeout", "-E"), 1)),
            Map.entry("taskset", new Shape(Set.of(), 1)),
            Map.entry("stdbuf", options("-i -o -e")),
            Map.entry("exec", options("-a")),
            Map.entry("strace", options("-o -e -p -s -u")),
            Map.entry("watch", options("-n --interval")),
            Map.entry("nohup", PLAIN),
            Map.entry("time", options("-o -f --output --format")),
            Map.entry("command", PLAIN),
            Map.entry("builtin", PLAIN),
            Map.entry("setsid", PLAIN),
            Map.entry("busybox", PLAIN),
            Map.entry("toybox", PLAIN),
            Map.entry("unshare", PLAIN),
            Map.entry("setarch", PLAIN),
            Map.entry("pkexec", options("--user")));

    /// Those that run something which is not simply the rest of their words.
    private static final Set<String> OTHERS = Set.of(
            "su", "runuser", "script", "ssh", "parallel", "nsenter", "bwrap", "trap", "coproc", "eval", "source");

    private Wrapper() {}

    private static Shape options(String valued) {
        return new Shape(Set.of(valued.split(" ")), 0);
    }

    static boolean isWrapper(SimpleCommand command) {
        return SHAPES.containsKey(command.program())
                || OTHERS.contains(command.program())
                || command.name().equals(".")
                || isFindThatRuns(command);
    }

    private static boolean isFindThatRuns(SimpleCommand command) {
        return command.program().equals("find")
                && command.arguments().stream()
                        .anyMatch(each -> Set.of("-exec", "-execdir", "-ok", "-okdir", "-delete")
                                        .contains(each)
                                || each.startsWith("-fprint")
                                || each.equals("-fls"));
    }

    /// The command inside, one layer down.
    static Optional<SimpleCommand> inside(SimpleCommand command) {
        List<String> arguments = command.arguments();
        if (isFindThatRuns(command)) {
            int at = arguments.indexOf("-exec");
            return at < 0 ? Optional.empty() : inner(command, arguments.subList(at + 1, arguments.size()));
        }
        Shape shape = SHAPES.get(command.program());
        if (shape == null) {
            return Optional.empty();
        }
        int at = 0;
        int operands = shape.operands();
        while (at < arguments.size()) {
            String word = arguments.get(at);
            if (shape.valued().contains(word)) {
                at += 2;
            } else if (word.startsWith("-") || ASSIGNMENT.matcher(word).matches()) {
                at++;
            } else if (operands > 0) {
                operands--;
                at++;
            } else {
                return inner(command, arguments.subList(at, arguments.size()));
            }
        }
        return Optional.empty();
    }

    private static Optional<SimpleCommand> inner(SimpleCommand command, List<String> words) {
        return words.isEmpty() ? Optional.empty() : Optional.of(command.with(words));
    }
}
