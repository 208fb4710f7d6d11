package dev.fettle.tools.patch;

import dev.fettle.core.tool.ToolException;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import dev.fettle.tools.files.StoredFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Makes changes to a workspace, and takes back those made when one fails.
final class AllOrNothing {
    private final Workspace workspace;
    private final Deque<Runnable> undo = new ArrayDeque<>();

    private AllOrNothing(Workspace workspace) {
        this.workspace = workspace;
    }

    /// Makes all changes.
    ///
    /// @throws ToolException if one failed; the message says whether everything is as it was
    static void make(List<WorkspaceChange> changes, Workspace workspace) {
        AllOrNothing run = new AllOrNothing(workspace);
        try {
            changes.forEach(run::make);
        } catch (WorkspaceException | ToolException e) {
            List<String> left = run.takeBack();
            throw new ToolException(
                    left.isEmpty()
                            ? e.getMessage() + " Nothing was changed."
                            : "%s The changes made before that could not all be taken back: %s"
                                    .formatted(e.getMessage(), String.join(" ", left)));
        }
    }

    private void make(WorkspaceChange change) {
        switch (change) {
            case WorkspaceChange.Write(StoredFile fresh, Optional<StoredFile> known) -> {
                fresh.put(workspace, known);
                undo.push(() -> known.ifPresentOrElse(
                        before -> before.put(workspace, Optional.of(fresh)), () -> fresh.remove(workspace)));
            }
            case WorkspaceChange.Move(StoredFile known, FilePath to) -> {
                known.move(workspace, to);
                undo.push(() -> workspace.move(to, known.path()));
            }
            case WorkspaceChange.Delete(StoredFile known) -> {
                known.remove(workspace);
                undo.push(() -> known.put(workspace, Optional.empty()));
            }
        }
    }

    private List<String> takeBack() {
        List<String> failures = new ArrayList<>();
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (WorkspaceException e) {
                failures.add(e.getMessage());
            }
        }
        return failures;
    }
}
