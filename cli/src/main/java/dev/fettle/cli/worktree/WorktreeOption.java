package dev.fettle.cli.worktree;

import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import dev.fettle.core.workspace.worktree.Worktree;
import dev.fettle.core.workspace.worktree.Worktrees;
import java.util.Optional;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// Has a command work in a worktree, for the commands that run turns.
public final class WorktreeOption {
    private static final String UNNAMED = "";

    @Option(
            names = {"-w", "--worktree"},
            arity = "0..1",
            paramLabel = "NAME",
            parameterConsumer = Name.class,
            description =
                    "Work in a tree of its own, on a branch fettle/NAME that begins with the last commit; see fettle worktree.")
    private @Nullable String name;

    /// Takes the next word only if it is a name and not what to do.
    static final class Name implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
            boolean isName = !words.isEmpty()
                    && words.peek().matches("[a-z0-9][a-z0-9-]*")
                    && !words.peek().equals("-");
            option.setValue(isName ? words.pop() : UNNAMED);
        }
    }

    /// The flags for working there; they say so, if that was asked for.
    ///
    /// @param flags for working here
    public Host.Flags place(Host host, Console console, Host.Flags flags) {
        if (name == null) {
            return flags;
        }
        Optional<String> named = Optional.of(name).filter(each -> !each.equals(UNNAMED));
        Worktrees.Opened opened = Uninterrupted.get(() -> host.worktrees(flags).open(named));
        Worktree worktree = opened.worktree();
        console.err()
                .println(console.style()
                        .dim("› works in %s on %s%s; end it with: fettle worktree merge %s"
                                .formatted(
                                        worktree.path(),
                                        worktree.branch(),
                                        opened.isNew() && opened.leavesChanges()
                                                ? ", without your changes that are not committed"
                                                : "",
                                        worktree.name())));
        return flags.with("WORK_DIR", worktree.directory().toString());
    }
}
