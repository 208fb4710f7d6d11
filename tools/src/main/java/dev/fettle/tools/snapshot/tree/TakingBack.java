package dev.fettle.tools.snapshot.tree;

import dev.fettle.core.snapshot.Snapshot;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.tools.search.IgnoreRules;
import dev.fettle.tools.snapshot.object.ObjectReader;
import dev.fettle.tools.snapshot.object.ObjectWriter;
import dev.fettle.tools.snapshot.object.StoredObject;
import dev.fettle.tools.snapshot.object.TreeEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;

/// Makes of a tree the one that it would be without some changes: a merge of trees, but of whole files and
/// with all permissions. A path that a change did not touch stays as it is; one that is as the change left it
/// becomes what it was before; one that is neither as before nor as after is a conflict.
///
/// A directory is there if anything is in it. One that a change has made, and somebody has put a file into
/// since, stays for that file; one that it has removed comes back for the files that come back.
///
/// What was ignored before a change was not kept, and so it is not known that it was not there: it is spared,
/// or a change of `.gitignore` that lets git see a file would have the file removed.
public final class TakingBack {
    private final ObjectReader objects;
    private final ObjectWriter writer;
    private final boolean isForced;
    /// What was made here and is not yet to be read.
    private final Map<ObjectId, List<TreeEntry>> made = new HashMap<>();

    private final Set<String> conflicts = new TreeSet<>();
    private final Set<String> paths = new TreeSet<>();
    private final Omissions spared = new Omissions();

    /// @param isForced whether conflicts become what they were before
    public TakingBack(ObjectReader objects, ObjectWriter writer, boolean isForced) {
        this.objects = objects;
        this.writer = writer;
        this.isForced = isForced;
    }

    /// What somebody else has changed as well.
    public List<String> conflicts() {
        return List.copyOf(conflicts);
    }

    /// What becomes what it was, directories with a slash.
    public List<String> paths() {
        return List.copyOf(paths);
    }

    /// What a change may have made and stays all the same.
    public Omissions spared() {
        return spared;
    }

    /// The tree without one change.
    public ObjectId without(ObjectId now, Snapshot before, Snapshot after) {
        Set<String> unknown = before.leftOut().stream()
                .map(Omissions::path)
                .map(path -> path.endsWith("/") ? path.substring(0, path.length() - 1) : path)
                .collect(Collectors.toSet());
        Three<Map<String, TreeEntry>> roots = new Three<>(
                entries(now), entries(ObjectId.fromString(before.id())), entries(ObjectId.fromString(after.id())));
        return write(new Change(unknown).all(FilePath.ROOT, roots, IgnoreRules.NONE));
    }

    /// The same place in three trees.
    private record Three<T>(T now, T before, T after) {}

    private Map<String, TreeEntry> entries(ObjectId tree) {
        List<TreeEntry> fresh = made.get(tree);
        return (fresh == null ? objects.tree(tree) : fresh)
                .stream().collect(Collectors.toMap(TreeEntry::name, Function.identity()));
    }

    private ObjectId write(List<TreeEntry> entries) {
        ObjectId id = writer.add(StoredObject.Type.TREE, TreeEntry.encode(entries));
        made.put(id, entries);
        return id;
    }

    /// One change that is taken back.
    private final class Change {
        private final Set<String> unknown;

        /// @param unknown the paths that were not kept before it
        Change(Set<String> unknown) {
            this.unknown = unknown;
        }

        /// @param above what was ignored before the change in the directories above
        private List<TreeEntry> all(FilePath path, Three<Map<String, TreeEntry>> directory, IgnoreRules above) {
            IgnoreRules rules = find(directory.before(), TreeReading.IGNORE_FILE)
                    .filter(TreeEntry::isFile)
                    .map(file -> above.and(path, objects.bytes(file.id(), TreeReading.MOST_RULES)))
                    .orElse(above);
            Set<String> names = new TreeSet<>();
            names.addAll(directory.now().keySet());
            names.addAll(directory.before().keySet());
            names.addAll(directory.after().keySet());
            List<TreeEntry> merged = new ArrayList<>();
            for (String name : names) {
                Three<Optional<TreeEntry>> entry = new Three<>(
                        find(directory.now(), name), find(directory.before(), name), find(directory.after(), name));
                merged(path.resolve(name), entry, rules).ifPresent(merged::add);
            }
            return merged;
        }

        private Optional<TreeEntry> merged(FilePath path, Three<Optional<TreeEntry>> entry, IgnoreRules rules) {
            if (entry.before().equals(entry.after()) || entry.now().equals(entry.before())) {
                return entry.now();
            }
            Optional<String> sparing = reasonToSpare(path, entry, rules);
            if (sparing.isPresent()) {
                spared.add(path, "not taken back: it was not kept before, but " + sparing.get());
                return entry.now();
            }
            if (isDirectory(entry.now()) && isDirectory(entry.before()) && isDirectory(entry.after())) {
                return directory(path, entry, rules);
            }
            return decided(path.value(), entry);
        }

        private Optional<String> reasonToSpare(FilePath path, Three<Optional<TreeEntry>> entry, IgnoreRules rules) {
            if (entry.before().isPresent() || entry.now().isEmpty()) {
                return Optional.empty();
            }
            if (unknown.contains(path.value())) {
                return Optional.of("left out");
            }
            return rules.ignores(path, entry.now().get().isDirectory())
                    ? Optional.of("ignored by git")
                    : Optional.empty();
        }

        private Optional<TreeEntry> directory(FilePath path, Three<Optional<TreeEntry>> entry, IgnoreRules rules) {
            Three<Map<String, TreeEntry>> below =
                    new Three<>(children(entry.now()), children(entry.before()), children(entry.after()));
            List<TreeEntry> children = all(path, below, rules);
            ObjectId content = write(children);
            Optional<TreeEntry> alike = entry.now().or(entry::before).or(entry::after);
            if (entry.before().isEmpty() && !children.isEmpty()) {
                return alike.map(each -> each.with(content));
            }
            Three<Optional<TreeEntry>> itself = new Three<>(
                    entry.now().map(each -> each.with(content)),
                    entry.before().map(each -> each.with(content)),
                    entry.after().map(each -> each.with(content)));
            boolean isSettled =
                    itself.before().equals(itself.after()) || itself.now().equals(itself.before());
            Optional<TreeEntry> wanted = isSettled ? itself.now() : decided(path.value() + "/", itself);
            return wanted.isPresent() || children.isEmpty() ? wanted : alike.map(each -> each.with(content));
        }

        private Optional<TreeEntry> decided(String path, Three<Optional<TreeEntry>> entry) {
            if (!entry.now().equals(entry.after())) {
                conflicts.add(path);
                if (!isForced) {
                    return entry.now();
                }
            }
            paths.add(path);
            return entry.before();
        }
    }

    private Map<String, TreeEntry> children(Optional<TreeEntry> directory) {
        return directory.map(each -> entries(each.id())).orElse(Map.of());
    }

    /// Nothing is a directory with nothing in it.
    private static boolean isDirectory(Optional<TreeEntry> entry) {
        return entry.map(TreeEntry::isDirectory).orElse(true);
    }

    private static Optional<TreeEntry> find(Map<String, TreeEntry> directory, String name) {
        return Optional.ofNullable(directory.get(name));
    }
}
