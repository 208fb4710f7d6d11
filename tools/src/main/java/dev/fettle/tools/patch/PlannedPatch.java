package dev.fettle.tools.patch;

import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.tools.files.StoredFile;
import dev.fettle.tools.search.Suggestions;
import dev.fettle.tools.text.Sha256;
import dev.fettle.tools.text.TextFile;
import dev.fettle.tools.text.UnifiedDiff;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the files will be once a patch is applied, worked out in memory before anything is written.
final class PlannedPatch {
    private final ToolContext context;
    private final Workspace workspace;
    /// What later changes of the patch see: the planned text, or nothing if the file will be gone.
    private final Map<FilePath, Optional<TextFile>> planned = new LinkedHashMap<>();
    private final List<WorkspaceChange> steps = new ArrayList<>();
    private final List<String> report = new ArrayList<>();

    private PlannedPatch(ToolContext context) {
        this.context = context;
        this.workspace = context.workspace();
    }

    /// The plan.
    ///
    /// @throws ToolException if any part of the patch cannot be applied
    static PlannedPatch of(List<FileChange> changes, ToolContext context) throws InterruptedException {
        PlannedPatch plan = new PlannedPatch(context);
        for (FileChange change : changes) {
            switch (change) {
                case FileChange.Add add -> plan.add(add);
                case FileChange.Delete delete -> plan.delete(delete);
                case FileChange.Update update -> plan.update(update);
            }
        }
        return plan;
    }

    /// What to do to the workspace, in this order.
    List<WorkspaceChange> steps() {
        return steps;
    }

    /// What is done, for the model.
    List<String> report() {
        return report;
    }

    /// The content each changed file will have, by path: SHA-256 in hex.
    Map<String, String> seen() {
        Map<String, String> seen = new LinkedHashMap<>();
        planned.forEach((path, file) ->
                file.ifPresent(text -> seen.put(path.value(), Sha256.of(text.encode(path.value())))));
        return seen;
    }

    private void add(FileChange.Add add) {
        FilePath path = workspace.locate(add.path());
        if (exists(path)) {
            throw new ToolException("%s exists already. Use `*** Update File: %s` to change it. Nothing was changed."
                    .formatted(path, path));
        }
        String text = add.lines().isEmpty() ? "" : String.join("\n", add.lines()) + "\n";
        write(path, new TextFile(text, StandardCharsets.UTF_8, false), Optional.empty());
        report.add("Added %s (%d lines)".formatted(path, add.lines().size()));
    }

    private void delete(FileChange.Delete delete) throws InterruptedException {
        FilePath path = workspace.locate(delete.path());
        if (!exists(path)) {
            throw Suggestions.missing(workspace, path);
        }
        steps.add(new WorkspaceChange.Delete(file(path)));
        planned.put(path, Optional.empty());
        report.add("Deleted " + path);
    }

    private void update(FileChange.Update update) throws InterruptedException {
        FilePath path = workspace.locate(update.path());
        StoredFile file = file(path);
        TextFile before = planned.getOrDefault(path, Optional.empty()).orElseGet(file::text);
        PatchedText patched = new PatchedText(path.toString(), before);
        for (int i = 0; i < update.hunks().size(); i++) {
            patched.apply(update.hunks().get(i), i + 1);
        }
        TextFile after = patched.result();
        FilePath target = update.newPath().map(workspace::locate).orElse(path);
        if (!target.equals(path)) {
            if (exists(target)) {
                throw new ToolException(
                        "Cannot move %s to %s: that file exists. Nothing was changed.".formatted(path, target));
            }
            steps.add(new WorkspaceChange.Move(file, target));
            planned.put(path, Optional.empty());
        }
        write(target, after, Optional.of(file.named(target)));
        UnifiedDiff diff = UnifiedDiff.between(before.text(), after.text());
        report.add("Updated %s%s (%s)\n%s"
                .formatted(path, target.equals(path) ? "" : " and moved it to " + target, diff.summary(), diff.hunks())
                .strip());
    }

    /// What a change finds, if all goes as planned.
    private StoredFile file(FilePath path) throws InterruptedException {
        if (planned.containsKey(path)) {
            return planned.get(path)
                    .map(text -> StoredFile.of(path, text))
                    .orElseThrow(() -> new ToolException(
                            "The patch updates %s after deleting or moving it. Nothing was changed.".formatted(path)));
        }
        StoredFile file = StoredFile.existing(workspace, path);
        file.refuseIfChanged(context);
        return file;
    }

    private boolean exists(FilePath path) {
        return planned.containsKey(path)
                ? planned.get(path).isPresent()
                : workspace.info(path).isPresent();
    }

    private void write(FilePath path, TextFile file, Optional<StoredFile> known) {
        // Fails here, before anything is written, if the encoding has no such character.
        steps.add(new WorkspaceChange.Write(StoredFile.of(path, file), known));
        planned.put(path, Optional.of(file));
    }
}
