package dev.fettle.code.structure;

import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// How often a file has changed of late.
///
/// @param added lines in all these commits together
public record Churn(String path, int commits, int added, int removed) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern LINE = Pattern.compile("(?m)^churn\t(\\d+)\t(\\d+)\t(\\d+)\t(.+)$");

    /// Adds up in the shell, since all of a history is more than a command may print. A hostile repository
    /// may name programs for git to run: those are switched off, and the shell is one that confines.
    private static final String SCRIPT = """
            git -c core.quotepath=off -c core.fsmonitor=false -c core.hooksPath=/dev/null -c log.showSignature=false \
              --no-pager log --no-merges --no-ext-diff --no-textconv --no-renames -n 2000 \
              --numstat --format= -- . 2>/dev/null |
            LC_ALL=C awk -F '\\t' '$1 != "-" && NF == 3 { n[$3]++; a[$3] += $1; r[$3] += $2 }
              END { for (f in n) printf "churn\\t%d\\t%d\\t%d\\t%s\\n", n[f], a[f], r[f], f }' |
            LC_ALL=C sort -t "$(printf '\\t')" -k2,2nr -k5,5 | head -n 50
            """;

    /// What git knows of a workspace's last 2,000 commits: the files that changed most often first. Nothing
    /// where there is no history, no git or no shell.
    public static List<Churn> of(Workspace workspace) throws InterruptedException {
        try {
            Shell.Result result = workspace.shell().run(new Shell.Command(SCRIPT, PATIENCE), _ -> {});
            return LINE.matcher(result.output())
                    .results()
                    .map(Churn::read)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (WorkspaceException e) {
            return List.of();
        }
    }

    private static Optional<Churn> read(MatchResult line) {
        try {
            return Optional.of(new Churn(
                    line.group(4),
                    Integer.parseInt(line.group(1)),
                    Integer.parseInt(line.group(2)),
                    Integer.parseInt(line.group(3))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
