package dev.fettle.tools.snapshot;

import dev.fettle.core.session.SessionId;
import dev.fettle.core.snapshot.Snapshot;
import dev.fettle.tools.snapshot.object.DurableFile;
import dev.fettle.tools.snapshot.object.ObjectWriter;
import dev.fettle.tools.snapshot.object.Packs;
import dev.fettle.tools.snapshot.object.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/// The snapshots of one session, as a bare git repository that nobody works in. `git log --all` shows them.
///
/// There is a reference for each snapshot, named by its number and its commit. None is ever changed, so two
/// writers cannot lose each other's; and the number orders them, not the clock, which machines do not
/// share.
final class SessionRepository {
    private static final String MARKS = "fettle/marks";

    private final SessionId session;
    private final Path directory;
    private final Path references;
    private final Packs packs;

    SessionRepository(SessionId session, Path directory) {
        this.session = session;
        this.directory = directory;
        this.references = directory.resolve("refs/snapshots");
        this.packs = new Packs(packDirectory());
    }

    SessionId session() {
        return session;
    }

    boolean exists() {
        return Files.exists(directory.resolve("HEAD"));
    }

    /// Makes what is missing of it.
    void create() throws IOException {
        Files.createDirectories(directory, DurableFile.PRIVATE_DIRECTORY);
        Files.createDirectories(packDirectory());
        Files.createDirectories(references);
        Files.createDirectories(directory.resolve("fettle"));
        text("config", "[core]\n\trepositoryformatversion = 0\n\tbare = true\n");
        text("HEAD", "ref: refs/heads/none\n");
    }

    private void text(String name, String content) throws IOException {
        if (!Files.exists(directory.resolve(name))) {
            DurableFile.write(directory.resolve(name), out -> out.write(content.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    Packs packs() {
        return packs;
    }

    Path packDirectory() {
        return directory.resolve("objects/pack");
    }

    /// Where it is remembered what the files of a tree looked like.
    ///
    /// @param files names the files of a tree on one machine
    Path indexFile(String files) {
        return directory.resolve("fettle").resolve("index-" + files);
    }

    /// The latest first.
    List<Snapshot> history() throws IOException {
        List<Snapshot> history = new ArrayList<>();
        for (Path reference : references().reversed()) {
            history.add(read(reference));
        }
        return history;
    }

    /// The latest that is the same as the one with this id.
    Optional<Snapshot> find(String id) throws IOException {
        for (Path reference : references().reversed()) {
            Snapshot snapshot = read(reference);
            if (snapshot.id().equals(id)) {
                return Optional.of(snapshot);
            }
        }
        return Optional.empty();
    }

    Optional<Snapshot> latest() throws IOException {
        List<Path> all = references();
        return all.isEmpty() ? Optional.empty() : Optional.of(read(all.getLast()));
    }

    /// When the last snapshot was kept.
    Optional<Instant> changed() throws IOException {
        List<Path> all = references();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(Files.getLastModifiedTime(all.getLast()).toInstant());
    }

    /// Makes a snapshot the latest, durably, with the objects it consists of.
    ///
    /// @param objects has taken what of them is not yet kept
    void append(Snapshot snapshot, ObjectWriter objects) throws IOException {
        ObjectId id = objects.add(StoredObject.Type.COMMIT, SnapshotCommit.encode(snapshot));
        objects.publish();
        List<Path> all = references();
        int number = all.isEmpty() ? 1 : 1 + number(all.getLast());
        DurableFile.write(
                references.resolve("%08d-%s".formatted(number, id.name())),
                out -> out.write((id.name() + "\n").getBytes(StandardCharsets.US_ASCII)));
    }

    /// Gives a snapshot that is kept here a name.
    void mark(String name, Snapshot snapshot) throws IOException {
        Path file = mark(name);
        Files.createDirectories(directory.resolve(MARKS));
        DurableFile.write(file, out -> out.write(snapshot.id().getBytes(StandardCharsets.US_ASCII)));
    }

    Optional<Snapshot> marked(String name) throws IOException {
        Path file = mark(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String id = Files.readString(file, StandardCharsets.US_ASCII);
        return find(id);
    }

    private Path mark(String name) {
        if (!name.matches("[a-z0-9_-]{1,100}")) {
            throw new IllegalArgumentException("Not a name for a snapshot: `%s`".formatted(name));
        }
        return directory.resolve(MARKS).resolve(name);
    }

    private Snapshot read(Path reference) throws IOException {
        String name = reference.getFileName().toString();
        return SnapshotCommit.decode(session, packs.read(ObjectId.fromString(name.substring(name.indexOf('-') + 1))));
    }

    private static int number(Path reference) {
        String name = reference.getFileName().toString();
        return Integer.parseInt(name.substring(0, name.indexOf('-')));
    }

    private List<Path> references() throws IOException {
        List<Path> all = new ArrayList<>();
        if (exists()) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(references)) {
                for (Path file : files) {
                    if (file.getFileName().toString().matches("[0-9]{8,9}-[0-9a-f]{40}")) {
                        all.add(file);
                    }
                }
            }
        }
        all.sort(Comparator.comparing(SessionRepository::number).thenComparing(Comparator.naturalOrder()));
        return all;
    }
}
