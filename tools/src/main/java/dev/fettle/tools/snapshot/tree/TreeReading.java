package dev.fettle.tools.snapshot.tree;

import dev.fettle.core.snapshot.SnapshotException;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.tools.search.IgnoreRules;
import dev.fettle.tools.snapshot.object.Failures;
import dev.fettle.tools.snapshot.object.ObjectWriter;
import dev.fettle.tools.snapshot.object.StoredObject;
import dev.fettle.tools.snapshot.object.TreeEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/// Reads a working tree once and has its files and directories kept.
///
/// Directories and files are opened by their name in the directory that is already open, and never through
/// a link: whatever is swapped while this runs, nothing outside of the tree is read. Only what files look
/// like is asked by path, and if that is of another file, the file is merely read once more than needed.
public final class TreeReading {
    static final String IGNORE_FILE = ".gitignore";

    static final int MOST_RULES = 1 << 20;
    private static final int MOST_INDEX = 1 << 28;
    private static final int DEEPEST = 200;
    private static final int ATTEMPTS = 3;

    private final Path root;
    private final Path store;
    private final Supplier<Set<FilePath>> wanted;
    private final Scope scope;
    private final StatIndex index;
    private final ObjectWriter writer;
    private final Omissions leftOut = new Omissions();
    private int count;
    /// Both read when first something seems to be ignored.
    private @Nullable Set<String> tracked;

    private @Nullable Set<FilePath> kept;

    /// @param root without links
    /// @param store where snapshots are kept, in case that is in the tree; without links
    /// @param wanted what is kept even if git ignores it
    public TreeReading(
            Path root, Path store, Supplier<Set<FilePath>> wanted, Scope scope, StatIndex index, ObjectWriter writer) {
        this.root = root;
        this.store = store;
        this.wanted = wanted;
        this.scope = scope;
        this.index = index;
        this.writer = writer;
    }

    /// What was there and is not kept, as far as was read.
    public List<String> leftOut() {
        return leftOut.lines();
    }

    /// Has everything kept and names the tree.
    ///
    /// @throws IOException if the root cannot be read
    /// @throws SnapshotException if the tree holds more than is kept
    public ObjectId read() throws IOException {
        try (SecureDirectoryStream<Path> stream = OpenDirectory.root(root)) {
            IgnoreRules rules = IgnoreRules.NONE.and(FilePath.ROOT, exclude(stream));
            return directory(stream, root, FilePath.ROOT, Optional.of(rules), 0);
        }
    }

    private byte[] exclude(SecureDirectoryStream<Path> stream) {
        try (SecureDirectoryStream<Path> git = OpenDirectory.child(stream, ".git");
                SecureDirectoryStream<Path> info = OpenDirectory.child(git, "info")) {
            return content(info, root.resolve(".git/info"), "exclude", MOST_RULES);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private boolean isTracked(FilePath path) {
        if (tracked == null) {
            tracked = TrackedFiles.paths(gitIndex());
        }
        return tracked.contains(path.value());
    }

    private boolean isWanted(FilePath path) {
        if (kept == null) {
            kept = wanted.get();
        }
        return kept.contains(path);
    }

    private byte[] gitIndex() {
        try (SecureDirectoryStream<Path> stream = OpenDirectory.root(root);
                SecureDirectoryStream<Path> git = OpenDirectory.child(stream, ".git")) {
            return content(git, root.resolve(".git"), "index", MOST_INDEX);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /// What cannot be read says nothing, and git does not follow links to such files either.
    private static byte[] content(SecureDirectoryStream<Path> directory, Path real, String name, int most) {
        try {
            if (!FileStat.of(real.resolve(name)).isFile()) {
                return new byte[0];
            }
            try (InputStream in = open(directory, name)) {
                return in.readNBytes(most);
            }
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static InputStream open(SecureDirectoryStream<Path> directory, String name) throws IOException {
        return Channels.newInputStream(
                directory.newByteChannel(Path.of(name), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
    }

    /// @param above the rules of the directories above; empty where git ignores everything
    private ObjectId directory(
            SecureDirectoryStream<Path> stream, Path real, FilePath path, Optional<IgnoreRules> above, int depth)
            throws IOException {
        List<String> names = names(stream, path);
        Optional<IgnoreRules> rules = above;
        if (names.contains(IGNORE_FILE) && above.isPresent()) {
            rules = Optional.of(above.get().and(path, content(stream, real, IGNORE_FILE, MOST_RULES)));
        }
        List<TreeEntry> entries = new ArrayList<>();
        for (String name : names) {
            child(stream, real.resolve(name), path.resolve(name), rules, depth).ifPresent(entries::add);
        }
        return writer.add(StoredObject.Type.TREE, TreeEntry.encode(entries));
    }

    private List<String> names(SecureDirectoryStream<Path> stream, FilePath directory) throws IOException {
        List<String> names = new ArrayList<>();
        try {
            for (Path each : stream) {
                Path name = Objects.requireNonNull(each.getFileName());
                if (OpenDirectory.isFaithful(name)) {
                    names.add(name.toString());
                } else {
                    leftOut.add(directory.resolve(name.toString()), "its name cannot be read in this locale");
                }
            }
        } catch (DirectoryIteratorException e) {
            throw Objects.requireNonNull(e.getCause());
        }
        names.sort(Comparator.comparing((String name) -> GitDirectory.turn(directory, name))
                .thenComparing(Comparator.naturalOrder()));
        return names;
    }

    /// Empty if it is left out or has gone.
    private Optional<TreeEntry> child(
            SecureDirectoryStream<Path> parent, Path real, FilePath path, Optional<IgnoreRules> rules, int depth) {
        try {
            FileStat stat = FileStat.of(real);
            boolean isIgnored = !GitDirectory.isIn(path)
                    && rules.map(each -> each.ignores(path, stat.isDirectory())).orElse(true);
            count();
            Optional<String> reason = real.equals(store)
                    ? Optional.of("snapshots are kept there")
                    : reasonToLeaveOut(path, stat, isIgnored, depth);
            if (reason.isPresent()) {
                leaveOut(path, stat, reason.get());
                return Optional.empty();
            }
            if (stat.isDirectory()) {
                Optional<IgnoreRules> below = isIgnored ? Optional.empty() : rules;
                ObjectId id = directory(parent, real, path, stat, below, depth);
                return Optional.of(TreeEntry.directory(path.name(), stat.permissions(), id));
            }
            return stat.isLink() ? link(real, path) : file(parent, real, path, stat);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            leftOut.add(path, "cannot be read: " + Failures.reason(e));
            return Optional.empty();
        }
    }

    private void count() {
        count++;
        if (count > scope.mostFiles()) {
            throw new SnapshotException(
                    SnapshotException.Kind.TREE,
                    "%s holds more than %d files and directories.".formatted(root, scope.mostFiles()));
        }
    }

    private Optional<String> reasonToLeaveOut(FilePath path, FileStat stat, boolean isIgnored, int depth) {
        if (!scope.withRepository() && GitDirectory.isIn(path)) {
            return Optional.of("the repository stays as it is");
        }
        Optional<String> ofGit = GitDirectory.reasonToLeaveOut(path, stat);
        if (ofGit.isPresent()) {
            return ofGit;
        }
        if (path.value().startsWith(Staging.PREFIX)) {
            return Optional.of("left by a restore that was broken off");
        }
        if (isIgnored && !isTracked(path) && !isWanted(path)) {
            return Optional.of("ignored by git");
        }
        if (stat.isDirectory()) {
            return depth < DEEPEST ? Optional.empty() : Optional.of("nested too deep");
        }
        if (stat.isFile()) {
            return stat.size() <= scope.mostFileBytes()
                    ? Optional.empty()
                    : Optional.of("larger than %d bytes".formatted(scope.mostFileBytes()));
        }
        return stat.isLink() ? Optional.empty() : Optional.of("a pipe, socket or device");
    }

    private void leaveOut(FilePath path, FileStat stat, String reason) {
        if (stat.isDirectory()) {
            leftOut.addDirectory(path, reason);
        } else {
            leftOut.add(path, reason);
        }
    }

    private ObjectId directory(
            SecureDirectoryStream<Path> parent,
            Path real,
            FilePath path,
            FileStat stat,
            Optional<IgnoreRules> rules,
            int depth)
            throws IOException {
        if (GitDirectory.isInObjects(path)) {
            Optional<ObjectId> known = index.find(path.value(), stat);
            if (known.isPresent()) {
                return known.get();
            }
        }
        int omissions = leftOut.count();
        try (SecureDirectoryStream<Path> stream = OpenDirectory.child(parent, path.name())) {
            ObjectId id = directory(stream, real, path, rules, depth + 1);
            if (GitDirectory.isInObjects(path)
                    && omissions == leftOut.count()
                    && FileStat.of(real).equals(stat)) {
                index.remember(path.value(), stat, id);
            }
            return id;
        }
    }

    private Optional<TreeEntry> link(Path real, FilePath path) throws IOException {
        Path target = Files.readSymbolicLink(real);
        if (!OpenDirectory.isFaithful(target)) {
            leftOut.add(path, "its target cannot be read in this locale");
            return Optional.empty();
        }
        byte[] text = target.toString().getBytes(StandardCharsets.UTF_8);
        return Optional.of(TreeEntry.link(path.name(), writer.add(StoredObject.Type.BLOB, text)));
    }

    private Optional<TreeEntry> file(SecureDirectoryStream<Path> parent, Path real, FilePath path, FileStat first)
            throws IOException {
        FileStat stat = first;
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<ObjectId> id = index.find(path.value(), stat);
            if (id.isEmpty()) {
                id = writer.addFile(stat.size(), () -> open(parent, path.name()));
                FileStat after = FileStat.of(real);
                if (!after.equals(stat)) {
                    id = Optional.empty();
                } else if (id.isPresent()) {
                    index.remember(path.value(), stat, id.get());
                }
                stat = after;
            }
            if (id.isPresent()) {
                return Optional.of(TreeEntry.file(path.name(), stat.permissions(), id.get()));
            }
        }
        leftOut.add(path, "it changed while it was read");
        return Optional.empty();
    }
}
