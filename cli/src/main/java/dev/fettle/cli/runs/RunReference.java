package dev.fettle.cli.runs;

import dev.fettle.cli.host.CommandException;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunFilter;
import dev.fettle.core.run.RunQueue;
import java.util.List;

/// A run as a person names it: an id, the beginning of one, or `latest`.
final class RunReference {
    private static final int MOST = 10_000;

    private RunReference() {}

    static Run find(RunQueue queue, String reference) {
        List<Run> latest = queue.list(RunFilter.ALL.most(1));
        if (reference.equals("latest") && !latest.isEmpty()) {
            return latest.getFirst();
        }
        List<Run> matching = queue.list(RunFilter.ALL.most(MOST)).stream()
                .filter(run -> run.id().value().startsWith(reference)
                        || run.id().value().startsWith("run_" + reference))
                .toList();
        if (matching.size() == 1) {
            return matching.getFirst();
        }
        throw CommandException.usage(
                matching.isEmpty()
                        ? "There is no run `%s`; `fettle runs list` shows them.".formatted(reference)
                        : "`%s` begins the ids of %d runs; give more of it.".formatted(reference, matching.size()));
    }
}
