package dev.fettle.tools.worktree;

import dev.fettle.core.text.ShellWord;
import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.WorkspaceException;
import dev.fettle.tools.git.GitIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Runs `git` where the agent's commands run: what a repository has configured to run (filters, merge
/// drivers) reaches no further than they do. Hooks do not run, and nobody is asked to sign or to type
/// anything.
record ConfinedGit(Shell shell) {
    private static final Duration TIME = Duration.ofMinutes(10);
    private static final int LONGEST_REASON = 300;

    private static final String PROGRAM =
            "GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_LFS_SKIP_SMUDGE=1 LC_ALL=C"
                    + " git -c core.hooksPath=/dev/null -c core.fsmonitor=false -c core.quotePath=false -c commit.gpgSign=false"
                    + " -c gc.auto=0 -c maintenance.auto=false -c submodule.recurse=false -c advice.detachedHead=false";

    /// What git said, and how it ended.
    record Answer(int code, String output) {
        boolean isGood() {
            return code == 0;
        }

        List<String> lines() {
            return output.lines().toList();
        }
    }

    /// Whatever comes of it.
    Answer ask(String... words) throws InterruptedException {
        return ask(Arrays.asList(words));
    }

    private Answer ask(List<String> words) throws InterruptedException {
        String script = Stream.concat(Stream.of(PROGRAM), words.stream().map(ShellWord::quoted))
                .collect(Collectors.joining(" "));
        Shell.Result result = shell.run(new Shell.Command(script, TIME), _ -> {});
        return switch (result.end()) {
            case Shell.End.Exited exited -> new Answer(exited.code(), result.output());
            case Shell.End.TimedOut _, Shell.End.OutOfMemory _, Shell.End.TooManyProcesses _ ->
                new Answer(-1, "fatal: it took more time, memory or processes than a command may have");
        };
    }

    /// What it prints.
    ///
    /// @throws WorkspaceException if it fails
    String run(String... words) throws InterruptedException {
        Answer answer = ask(words);
        if (!answer.isGood()) {
            throw failed(words[0], answer);
        }
        return answer.output().strip();
    }

    /// The same, as somebody who makes commits.
    Answer askAs(GitIdentity author, String... words) throws InterruptedException {
        List<String> all =
                new ArrayList<>(List.of("-c", "user.name=" + author.name(), "-c", "user.email=" + author.email()));
        all.addAll(Arrays.asList(words));
        return ask(all);
    }

    static WorkspaceException failed(String what, Answer answer) {
        String reason = answer.output()
                .lines()
                .filter(line -> line.startsWith("fatal: ") || line.startsWith("error: "))
                .reduce((_, last) -> last)
                .orElse(answer.output().strip());
        return new WorkspaceException(
                WorkspaceException.Kind.IO,
                "git %s failed: %s".formatted(what, reason.substring(0, Math.min(reason.length(), LONGEST_REASON))));
    }
}
