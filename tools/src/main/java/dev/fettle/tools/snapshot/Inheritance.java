package dev.fettle.tools.snapshot;

import dev.fettle.core.session.SessionId;
import dev.fettle.tools.snapshot.object.DurableFile;
import dev.fettle.tools.snapshot.object.Packs;
import dev.fettle.tools.snapshot.tree.StatIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Lets a session begin with what the last one that worked in the same tree has kept, so that its first
/// snapshot costs no more than its second.
///
/// Packs never change, so both sessions have them by hard links, and the file system frees them when the
/// last of the two is deleted. Where there are no hard links a session begins with nothing.
///
/// @param note where it is noted which session that was
record Inheritance(Path note) {

    /// Notes that the session has just kept the tree.
    void bequeath(SessionId session) throws IOException {
        if (last().filter(session::equals).isEmpty()) {
            Files.createDirectories(Objects.requireNonNull(note.getParent()));
            DurableFile.write(note, out -> out.write(session.value().getBytes(StandardCharsets.US_ASCII)));
        }
    }

    Optional<SessionId> last() throws IOException {
        return Files.exists(note) ? SnapshotDirectory.session(Files.readString(note)) : Optional.empty();
    }

    /// Whatever goes wrong costs time, not truth: the memory of files is inherited last, and only if every object it
    /// names has been.
    ///
    /// @param files names the files of the tree
    static void inherit(SessionRepository from, SessionRepository heir, String files) {
        Path index = heir.indexFile(files);
        Path draft = DurableFile.draftBeside(index);
        try {
            // Before the packs: it names only what was kept before it was written.
            boolean hasIndex = Files.exists(from.indexFile(files));
            if (hasIndex) {
                Files.createLink(draft, from.indexFile(files));
            }
            link(from.packDirectory(), heir.packDirectory());
            if (hasIndex && StatIndex.read(draft, Instant.EPOCH).isKeptIn(heir.packs())) {
                Files.move(draft, index);
            }
        } catch (IOException | UnsupportedOperationException e) {
            // What was not linked is kept anew.
        } finally {
            abandon(draft);
        }
    }

    /// Has one session keep what another has kept, for good: by links, or else by copies.
    static void adopt(SessionRepository from, SessionRepository heir) throws IOException {
        for (Path pack : packs(from.packDirectory())) {
            Path own = heir.packDirectory().resolve(pack.getFileName());
            if (!Files.exists(own)) {
                try {
                    Files.createLink(own, pack);
                } catch (UnsupportedOperationException | FileSystemException e) {
                    Files.copy(pack, own, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static void abandon(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            // It costs a little space until the session is deleted.
        }
    }

    private static void link(Path from, Path to) throws IOException {
        for (Path each : packs(from)) {
            Files.createLink(to.resolve(each.getFileName()), each);
        }
    }

    /// Each before its index, without which it does not count.
    private static List<Path> packs(Path directory) throws IOException {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "pack-*.idx")) {
            files.forEach(index -> all.addAll(List.of(Packs.pack(index), index)));
        }
        return all;
    }
}
