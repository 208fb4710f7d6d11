package dev.fettle.tools.snapshot.diff;

import dev.fettle.core.workspace.FilePath;
import dev.fettle.tools.snapshot.object.ObjectReader;
import dev.fettle.tools.snapshot.object.TreeEntry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;

/// Finds the files that differ between two kept trees, and hands them to a patch. The tree's own repository is left
/// out: what a commit changes in it is no change of the project.
public record TreeDiff(ObjectReader objects, GitPatch patch) {
    private static final String GIT = ".git";

    /// Everything that differs, by path.
    public void between(ObjectId before, ObjectId after) throws IOException {
        directory(FilePath.ROOT, Optional.of(before), Optional.of(after));
    }

    private void directory(FilePath path, Optional<ObjectId> before, Optional<ObjectId> after) throws IOException {
        if (before.equals(after)) {
            return;
        }
        Map<String, TreeEntry> old = entries(before);
        Map<String, TreeEntry> current = entries(after);
        TreeMap<String, TreeEntry> names = new TreeMap<>(old);
        names.putAll(current);
        for (String name : names.keySet()) {
            if (!path.isRoot() || !name.equals(GIT)) {
                entry(path.resolve(name), Optional.ofNullable(old.get(name)), Optional.ofNullable(current.get(name)));
            }
        }
    }

    private Map<String, TreeEntry> entries(Optional<ObjectId> directory) {
        Map<String, TreeEntry> entries = new TreeMap<>();
        directory.map(objects::tree).orElse(List.of()).forEach(each -> entries.put(each.name(), each));
        return entries;
    }

    private void entry(FilePath path, Optional<TreeEntry> before, Optional<TreeEntry> after) throws IOException {
        Optional<PatchedFile> old = before.flatMap(PatchedFile::of);
        Optional<PatchedFile> current = after.flatMap(PatchedFile::of);
        boolean isOtherKind = old.isPresent()
                && current.isPresent()
                && old.get().isLink() != current.get().isLink();
        if (isOtherKind) {
            patch.write(path, old, Optional.empty());
            patch.write(path, Optional.empty(), current);
        } else if (!old.equals(current)) {
            patch.write(path, old, current);
        }
        directory(path, before.flatMap(TreeDiff::directory), after.flatMap(TreeDiff::directory));
    }

    private static Optional<ObjectId> directory(TreeEntry entry) {
        return entry.isDirectory() ? Optional.of(entry.id()) : Optional.empty();
    }
}
