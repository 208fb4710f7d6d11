package dev.fettle.tools.kept;

import dev.fettle.core.workspace.kept.ArchiveFormat;
import dev.fettle.core.workspace.kept.GitSource;
import dev.fettle.core.workspace.kept.KeptWorkspace;
import dev.fettle.core.workspace.kept.KeptWorkspace.Origin;
import dev.fettle.core.workspace.kept.KeptWorkspace.State;
import dev.fettle.core.workspace.kept.KeptWorkspaceException;
import dev.fettle.core.workspace.kept.KeptWorkspaceException.Kind;
import dev.fettle.core.workspace.kept.KeptWorkspaces;
import dev.fettle.core.workspace.kept.Quota;
import dev.fettle.core.workspace.kept.WorkspaceId;
import dev.fettle.tools.archive.Unpacker;
import dev.fettle.tools.git.GitFetch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps workspaces as directories `ws_…` below a root that processes on several machines may share. Beside them, in
/// `.workspaces`, are a note for each and whatever is not finished. A directory gets its name when it is whole, in one
/// step; the note is there before it and goes after it.
///
/// Notes are files and no rows of a database: the two could not be changed together, and a backup of one without the
/// other would be of no use. So a workspace is where its directory is, and all that is known of it is there too.
public final class KeptDirectories implements KeptWorkspaces, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptDirectories.class);
    private static final String BESIDE = ".workspaces";
    private static final String STORAGE = "Workspaces cannot be kept just now.";
    private static final Pattern SESSION = Pattern.compile("ses_[0-9a-f]{32}");
    private static final int BUFFER = 1 << 16;
    private static final int MOST_FETCHES = 4;
    /// How long an archive may take to be unpacked, and a fetch to wait for its turn.
    private static final Duration LONGEST = Duration.ofHours(1);
    /// What has not been touched for so long, nobody is working on.
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path root;
    private final Path beside;
    private final Notes notes;
    private final Bounds bounds;
    private final GitFetch git;
    private final Unpacker unpacker = new Unpacker();
    private final InstantSource clock;
    private final Room room;
    private final Semaphore fetches = new Semaphore(MOST_FETCHES);
    private final Set<Thread> fetching = ConcurrentHashMap.newKeySet();

    /// How much there may be.
    ///
    /// @param each what one workspace may hold
    /// @param archive what an archive may unpack to
    /// @param all bytes of all together
    public record Bounds(Quota each, Quota archive, long all) {}

    /// Workspaces below a directory, which is made if it is not there.
    public KeptDirectories(Path root, Bounds bounds, GitFetch git, InstantSource clock) {
        try {
            Files.createDirectories(root);
            this.root = root.toRealPath();
            this.beside = Files.createDirectories(this.root.resolve(BESIDE));
        } catch (IOException e) {
            throw new KeptWorkspaceException(Kind.STORAGE, "Cannot make the directory for workspaces, " + root, e);
        }
        this.notes = new Notes(beside);
        this.bounds = bounds;
        this.git = git;
        this.clock = clock;
        this.room = new Room(this.root, bounds.all(), clock);
    }

    private KeptWorkspace begun(Label label, Origin origin) {
        room.require();
        Instant now = clock.instant();
        State preparing = new State.Preparing(now.plus(LONGEST));
        return new KeptWorkspace(WorkspaceId.at(now), label.user(), label.name(), origin, preparing, now);
    }

    @Override
    public KeptWorkspace make(Label label) {
        KeptWorkspace workspace = begun(label, new Origin.Nothing());
        return stored(() -> finished(workspace, Files.createDirectory(draft(workspace.id()))));
    }

    @Override
    public KeptWorkspace unpack(Label label, ArchiveFormat format, InputStream archive)
            throws IOException, InterruptedException {
        KeptWorkspace workspace = begun(label, new Origin.Archive(format));
        Path upload = beside.resolve(workspace.id() + ".upload");
        Path draft = draft(workspace.id());
        boolean isDone = false;
        try {
            receive(archive, upload);
            KeptWorkspace ready = unpacked(workspace, upload, format);
            isDone = true;
            return ready;
        } finally {
            Files.deleteIfExists(upload);
            if (!isDone) {
                Removal.of(draft);
                notes.delete(workspace.id());
            }
        }
    }

    private static void receive(InputStream archive, Path upload) throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = Files.newOutputStream(upload)) {
            for (int n = archive.read(buffer); n >= 0; n = archive.read(buffer)) {
                int count = n;
                kept(() -> {
                    out.write(buffer, 0, count);
                    return count;
                });
            }
        }
    }

    private KeptWorkspace unpacked(KeptWorkspace workspace, Path upload, ArchiveFormat format)
            throws InterruptedException {
        Path draft = draft(workspace.id());
        return kept(() -> {
            Files.createDirectory(draft);
            unpacker.unpack(upload, format, draft, bounds.archive().and(bounds.each()));
            return finished(workspace, draft);
        });
    }

    private interface LongWork<T> {
        T run() throws IOException, InterruptedException;
    }

    /// Channels are closed under a thread that is interrupted, which is no failure of the disk.
    private static <T> T kept(LongWork<T> work) throws InterruptedException {
        try {
            return work.run();
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException("Interrupted while a workspace was made");
        } catch (IOException e) {
            throw new KeptWorkspaceException(Kind.STORAGE, STORAGE, e);
        }
    }

    @Override
    public KeptWorkspace fetch(Label label, GitSource source) {
        GitFetch.Ready ready = git.check(source);
        KeptWorkspace workspace = begun(label, new Origin.Git(source));
        stored(() -> noted(workspace));
        Thread thread = Thread.ofVirtual().name("fettle-fetch").unstarted(() -> {
            try {
                fetch(workspace, ready);
            } finally {
                fetching.remove(Thread.currentThread());
            }
        });
        fetching.add(thread);
        thread.start();
        return workspace;
    }

    /// Whoever reads that it failed finds nothing of it left.
    private void fetch(KeptWorkspace workspace, GitFetch.Ready source) {
        Path draft = draft(workspace.id());
        Optional<String> failure = attempted(workspace, source, draft);
        try {
            Removal.of(draft);
        } catch (IOException e) {
            LOG.warn("{} is left over and can be removed: {}", draft, e.toString());
        }
        failure.ifPresent(reason -> failed(workspace, reason));
    }

    /// Why it cannot be had; empty if it is there.
    private Optional<String> attempted(KeptWorkspace workspace, GitFetch.Ready source, Path draft) {
        try {
            fetches.acquire();
            try {
                Duration margin = Duration.ofMinutes(1);
                KeptWorkspace begun = noted(workspace.with(
                        new State.Preparing(clock.instant().plus(git.time()).plus(margin))));
                finished(begun, source.into(Files.createDirectory(draft), bounds.each()));
                return Optional.empty();
            } finally {
                fetches.release();
            }
        } catch (KeptWorkspaceException e) {
            return Optional.of(e.getMessage());
        } catch (InterruptedException e) {
            return Optional.of("The server was stopped while the repository was fetched. Make the workspace again.");
        } catch (IOException | RuntimeException e) {
            LOG.warn("Workspace {} cannot be prepared", workspace.id(), e);
            return Optional.of("The server could not keep the repository.");
        }
    }

    private void failed(KeptWorkspace workspace, String reason) {
        try {
            if (notes.read(workspace.id()).isPresent()) {
                noted(workspace.with(new State.Failed(reason)));
            }
        } catch (IOException e) {
            LOG.warn("Workspace {} has failed, which cannot be noted: {}", workspace.id(), e.toString());
        }
    }

    private Path draft(WorkspaceId id) {
        return beside.resolve(id + ".draft");
    }

    private KeptWorkspace noted(KeptWorkspace workspace) throws IOException {
        notes.write(workspace);
        return workspace;
    }

    /// Gives what has been made its name.
    private KeptWorkspace finished(KeptWorkspace workspace, Path tree) throws IOException {
        noted(workspace);
        Files.move(tree, directory(workspace.id()), StandardCopyOption.ATOMIC_MOVE);
        return noted(workspace.with(new State.Ready()));
    }

    @Override
    public Optional<KeptWorkspace> find(WorkspaceId id) {
        return stored(() -> notes.read(id).map(this::asItIs));
    }

    /// Who prepares something and dies cannot say so.
    private KeptWorkspace asItIs(KeptWorkspace workspace) {
        return workspace.state() instanceof State.Preparing preparing
                        && clock.instant().isAfter(preparing.until())
                ? workspace.with(new State.Failed("The server that prepared it has died. Make the workspace again."))
                : workspace;
    }

    @Override
    public List<KeptWorkspace> list() {
        return stored(() -> {
            List<KeptWorkspace> all = new ArrayList<>();
            for (WorkspaceId id : notes.ids()) {
                notes.read(id).map(this::asItIs).ifPresent(all::add);
            }
            return all;
        });
    }

    @Override
    public Path directory(WorkspaceId id) {
        return root.resolve(id.value());
    }

    @Override
    public void delete(WorkspaceId id) {
        stored(() -> {
            Path condemned = condemned(directory(id));
            notes.delete(id);
            Removal.of(condemned);
            room.hasChanged();
            return id;
        });
    }

    /// Takes the name away first, so that nobody finds half of it.
    private Path condemned(Path directory) throws IOException {
        Path condemned = beside.resolve("deleted-" + UUID.randomUUID());
        try {
            Files.move(directory, condemned, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            // It never got ready.
        }
        return condemned;
    }

    /// Directories that sessions made for themselves, and that have not been touched since.
    public List<Path> ofSessions(Instant before) {
        return stored(() -> {
            List<Path> found = new ArrayList<>();
            try (DirectoryStream<Path> all = Files.newDirectoryStream(root, "ses_*")) {
                for (Path each : all) {
                    boolean isOld = Files.getLastModifiedTime(each, LinkOption.NOFOLLOW_LINKS)
                            .toInstant()
                            .isBefore(before);
                    if (isOld && SESSION.matcher(each.getFileName().toString()).matches()) {
                        found.add(each);
                    }
                }
            }
            return found;
        });
    }

    /// Removes a directory of those.
    public void discard(Path directory) {
        stored(() -> {
            Removal.of(condemned(directory));
            room.hasChanged();
            return directory;
        });
    }

    @Override
    public void requireRoom() {
        room.require();
    }

    /// Removes what those have left who died while they prepared or removed a workspace.
    public int tidy() {
        Instant before = clock.instant().minus(ABANDONED);
        return stored(() -> {
            int removed = 0;
            try (DirectoryStream<Path> all = Files.newDirectoryStream(beside)) {
                for (Path each : all) {
                    boolean isNote = each.toString().endsWith(".properties");
                    if (!isNote && Files.getLastModifiedTime(each).toInstant().isBefore(before)) {
                        Removal.of(each);
                        removed++;
                    }
                }
            }
            return removed;
        });
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private static <T> T stored(Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new KeptWorkspaceException(Kind.STORAGE, STORAGE, e);
        }
    }

    /// Breaks off what is being fetched.
    @Override
    public void close() {
        fetching.forEach(Thread::interrupt);
        for (Thread each : fetching) {
            try {
                each.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
