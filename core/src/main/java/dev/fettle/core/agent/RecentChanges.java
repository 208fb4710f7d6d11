package dev.fettle.core.agent;

import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The files of a workspace that have changed since a moment, by their dates. Removed files leave no trace.
final class RecentChanges {
    /// Entries looked at; there may be more in a tree of dependencies.
    private static final int MOST_LOOKED_AT = 100_000;

    private static final int MOST_NAMED = 20;
    /// The clock that dates files may be a little behind the one that dates events.
    private static final Duration SLACK = Duration.ofSeconds(1);

    private final Workspace workspace;
    private final Instant since;
    private final List<String> changed = new ArrayList<>();
    private int lookedAt;

    private RecentChanges(Workspace workspace, Instant since) {
        this.workspace = workspace;
        this.since = since.minus(SLACK);
    }

    /// A sentence that names them.
    static String since(Workspace workspace, Instant moment) {
        RecentChanges changes = new RecentChanges(workspace, moment);
        changes.look();
        return changes.sentence();
    }

    private void look() {
        Deque<FilePath> directories = new ArrayDeque<>(List.of(FilePath.ROOT));
        while (!directories.isEmpty() && lookedAt < MOST_LOOKED_AT) {
            try {
                for (FileInfo each : workspace.list(directories.pop())) {
                    lookedAt++;
                    if (each.isDirectory()) {
                        directories.add(each.path());
                    } else if (!each.modified().isBefore(since)) {
                        changed.add(each.path().toString());
                    }
                }
            } catch (WorkspaceException e) {
                // What cannot be listed cannot be told.
            }
        }
    }

    private String sentence() {
        if (changed.isEmpty()) {
            return "No file here has changed since it began, as far as can be seen.";
        }
        List<String> named = changed.stream().sorted().limit(MOST_NAMED).toList();
        int more = changed.size() - named.size();
        return "Changed since it began: %s%s."
                .formatted(String.join(", ", named), more > 0 ? " and %d more".formatted(more) : "");
    }
}
