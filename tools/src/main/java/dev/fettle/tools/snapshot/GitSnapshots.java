package dev.fettle.tools.snapshot;

import dev.fettle.core.session.SessionId;
import dev.fettle.core.snapshot.Restored;
import dev.fettle.core.snapshot.Reversal;
import dev.fettle.core.snapshot.Snapshot;
import dev.fettle.core.snapshot.SnapshotException;
import dev.fettle.core.snapshot.Snapshots;
import dev.fettle.core.snapshot.StoredSnapshots;
import dev.fettle.core.snapshot.TreeChange;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.tools.snapshot.diff.GitPatch;
import dev.fettle.tools.snapshot.diff.TreeDiff;
import dev.fettle.tools.snapshot.object.Failures;
import dev.fettle.tools.snapshot.object.ObjectReader;
import dev.fettle.tools.snapshot.object.ObjectWriter;
import dev.fettle.tools.snapshot.tree.GitDirectory;
import dev.fettle.tools.snapshot.tree.Omissions;
import dev.fettle.tools.snapshot.tree.Restoring;
import dev.fettle.tools.snapshot.tree.Scope;
import dev.fettle.tools.snapshot.tree.StatIndex;
import dev.fettle.tools.snapshot.tree.TakingBack;
import dev.fettle.tools.snapshot.tree.TreeReading;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.ObjectId;

/// Keeps snapshots in a directory, each session's in a bare git repository of its own. Several machines may
/// share the directory; nothing in it is ever seen half written.
public final class GitSnapshots implements Snapshots {
    /// What larger files are left out, unless told otherwise.
    public static final long MOST_FILE_BYTES = 100L << 20;

    private final SnapshotDirectory directory;
    private final Scope scope;
    private final InstantSource clock;

    /// @param directory made when it is first needed; local, or shared by all machines that carry on each
    ///     other's runs
    /// @param mostFileBytes the size of the largest file that is kept
    /// @param clock agrees with the one that dates files
    public GitSnapshots(Path directory, long mostFileBytes, InstantSource clock) {
        this(directory, new Scope(mostFileBytes, Integer.MAX_VALUE, true), clock);
    }

    /// The same, with bounds.
    public GitSnapshots(Path directory, Scope scope, InstantSource clock) {
        this.directory = new SnapshotDirectory(directory.toAbsolutePath().normalize());
        this.scope = scope;
        this.clock = clock;
    }

    @Override
    public Snapshot take(SessionId session, Path tree) {
        return finish(() -> take(session, real(tree), Set::of));
    }

    @Override
    public Snapshot take(SessionId session, Path tree, Snapshot earlier) {
        ObjectReader objects = objects(directory.repository(session));
        return finish(() -> take(session, real(tree), () -> objects.paths(ObjectId.fromString(earlier.id()))));
    }

    private ObjectReader objects(SessionRepository repository) {
        return new ObjectReader(repository.packs(), directory.path());
    }

    /// @param wanted what is kept even if git ignores it
    private Snapshot take(SessionId session, Path tree, Supplier<Set<FilePath>> wanted) throws IOException {
        Instant now = clock.instant();
        SessionRepository repository = directory.made(session, tree);
        Path indexFile = SnapshotDirectory.indexFile(repository, tree);
        StatIndex index = StatIndex.read(indexFile, now);
        try (ObjectWriter writer = new ObjectWriter(repository.packs(), directory.path())) {
            TreeReading reading = new TreeReading(tree, directory.real(), wanted, scope, index, writer);
            ObjectId id = read(reading, tree);
            Optional<Snapshot> latest = repository.latest();
            Snapshot snapshot = new Snapshot(session, id.name(), now, reading.leftOut());
            if (latest.filter(each -> isSame(each, snapshot)).isPresent()) {
                index.write(indexFile);
                return latest.get();
            }
            repository.append(snapshot, writer);
            index.write(indexFile);
            repository.packs().tidy(now);
            directory.inheritance(tree).bequeath(session);
            return snapshot;
        }
    }

    private static ObjectId read(TreeReading reading, Path tree) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw Failures.tree("read", tree, e);
        }
    }

    private static boolean isSame(Snapshot one, Snapshot other) {
        return one.id().equals(other.id()) && one.leftOut().equals(other.leftOut());
    }

    @Override
    public Optional<Snapshot> latest(SessionId session) {
        return finish(() -> directory.repository(session).latest());
    }

    @Override
    public Optional<Snapshot> find(SessionId session, String id) {
        return finish(() -> directory.repository(session).find(id));
    }

    @Override
    public List<Snapshot> history(SessionId session) {
        return finish(() -> directory.repository(session).history());
    }

    @Override
    public Restored restore(Snapshot snapshot, Path tree) {
        return finish(() -> restore(snapshot, directory.repository(snapshot.session()), made(tree)));
    }

    private Restored restore(Snapshot snapshot, SessionRepository repository, Path tree) throws IOException {
        if (!repository.exists()) {
            throw new SnapshotException(
                    SnapshotException.Kind.NOT_FOUND,
                    "No snapshot of %s is kept in %s. Snapshots that have been deleted cannot be restored."
                            .formatted(snapshot.session(), directory.path()));
        }
        ObjectId target = ObjectId.fromString(snapshot.id());
        ObjectReader objects = objects(repository);
        // What git ignores now but the snapshot holds is about to be replaced, so it has to be kept as well.
        Snapshot before = take(snapshot.session(), tree, () -> objects.paths(target));
        Restored restored = change(objects, before, snapshot, tree);
        if (!before.id().equals(snapshot.id())) {
            append(snapshot, repository);
        }
        return restored;
    }

    /// Makes it the latest of the repository's session.
    private Snapshot append(Snapshot snapshot, SessionRepository repository) throws IOException {
        Snapshot again = new Snapshot(repository.session(), snapshot.id(), clock.instant(), snapshot.leftOut());
        try (ObjectWriter writer = new ObjectWriter(repository.packs(), directory.path())) {
            repository.append(again, writer);
        }
        return again;
    }

    @Override
    public Reversal takeBack(List<TreeChange> changes, Path tree, boolean isForced) {
        SessionId session = changes.getFirst().before().session();
        return finish(() -> takeBack(changes, directory.repository(session), real(tree), isForced));
    }

    private Reversal takeBack(List<TreeChange> changes, SessionRepository repository, Path tree, boolean isForced)
            throws IOException {
        ObjectReader objects = objects(repository);
        Set<FilePath> known = new HashSet<>();
        for (TreeChange each : changes) {
            known.addAll(objects.paths(ObjectId.fromString(each.before().id())));
            known.addAll(objects.paths(ObjectId.fromString(each.after().id())));
        }
        Snapshot now = take(repository.session(), tree, () -> known);
        TakingBack takingBack;
        ObjectId target = ObjectId.fromString(now.id());
        try (ObjectWriter writer = new ObjectWriter(repository.packs(), directory.path())) {
            takingBack = new TakingBack(objects, writer, isForced);
            for (TreeChange each : changes.reversed()) {
                target = takingBack.without(target, each.before(), each.after());
            }
            if (!takingBack.conflicts().isEmpty() && !isForced) {
                return new Reversal.Conflict(takingBack.conflicts());
            }
            writer.publish();
        }
        Snapshot wanted = new Snapshot(repository.session(), target.name(), clock.instant(), now.leftOut());
        Restored restored = change(objects, now, wanted, tree);
        Snapshot after = append(wanted, repository);
        List<String> notRestored = new ArrayList<>(restored.notRestored());
        notRestored.addAll(takingBack.spared().lines());
        return new Reversal.Done(new TreeChange(now, after), takingBack.paths(), notRestored);
    }

    @Override
    public Snapshot adopt(Snapshot snapshot, SessionId heir) {
        return finish(() -> {
            SessionRepository repository = directory.repository(heir);
            repository.create();
            Inheritance.adopt(directory.repository(snapshot.session()), repository);
            return append(snapshot, repository);
        });
    }

    private static Restored change(ObjectReader objects, Snapshot before, Snapshot snapshot, Path tree) {
        List<String> missing = snapshot.leftOut().stream()
                .filter(line -> !isThere(tree, Omissions.path(line)))
                .toList();
        try (Restoring restoring = new Restoring(objects, tree, GitDirectory.reasonToStay(missing))) {
            restoring.change(ObjectId.fromString(before.id()), ObjectId.fromString(snapshot.id()));
            missing.forEach(restoring.notRestored()::add);
            return new Restored(
                    before,
                    restoring.written(),
                    restoring.removed(),
                    restoring.notRestored().lines());
        } catch (IOException e) {
            throw Failures.tree("write", tree, e);
        }
    }

    private static boolean isThere(Path tree, String path) {
        try {
            return Files.exists(tree.resolve(path), LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    @Override
    public void mark(Snapshot snapshot, String name) {
        finish(() -> {
            directory.repository(snapshot.session()).mark(name, snapshot);
            return snapshot;
        });
    }

    @Override
    public Optional<Snapshot> marked(SessionId session, String name) {
        return finish(() -> directory.repository(session).marked(name));
    }

    /// On the caller's own thread: it changes nothing, and whoever reads slowly is to be interrupted.
    @Override
    public void diff(Snapshot before, Snapshot after, OutputStream out) throws IOException {
        SessionRepository repository = directory.repository(before.session());
        ObjectReader objects = objects(repository);
        new TreeDiff(objects, new GitPatch(objects, out))
                .between(ObjectId.fromString(before.id()), ObjectId.fromString(after.id()));
        out.flush();
    }

    @Override
    public void delete(SessionId session) {
        finish(() -> {
            directory.delete(session);
            return session;
        });
    }

    @Override
    public List<StoredSnapshots> stored() {
        return finish(() -> directory.stored());
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T finish(Work<T> work) {
        return Undisturbed.call(() -> {
            try {
                return work.run();
            } catch (IOException e) {
                throw Failures.storage(directory.path(), e);
            }
        });
    }

    private static Path real(Path tree) {
        try {
            return tree.toRealPath();
        } catch (IOException e) {
            throw Failures.tree("read", tree, e);
        }
    }

    private static Path made(Path tree) {
        try {
            return Files.createDirectories(tree).toRealPath();
        } catch (IOException e) {
            throw Failures.tree("write", tree, e);
        }
    }
}
