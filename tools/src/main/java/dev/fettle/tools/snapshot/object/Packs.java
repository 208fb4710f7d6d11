package dev.fettle.tools.snapshot.object;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.InflaterInputStream;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;

/// The objects that a directory of packs holds. Packs never change, and one is removed only after all it
/// held is in another, so that a reader who finds one gone looks again and finds its objects elsewhere.
///
/// JGit's own object database would do, but for what it does besides: it reads the user's and the machine's
/// git configuration, runs `git` to find them, writes the clock's resolution into the user's home, and does
/// not flush what it writes unless told by that configuration.
public final class Packs {
    /// More would make looking for an object slow.
    private static final int MOST = 50;
    /// A directory that is listed while packs are merged can show neither the old ones nor the one.
    private static final int LOOKS = 4;

    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path directory;
    /// By the name of the index; read when first asked for.
    private final Map<String, PackIndex> indexes = new TreeMap<>();

    public Packs(Path directory) {
        this.directory = directory;
    }

    PackDraft draft() throws IOException {
        return new PackDraft(directory);
    }

    public boolean has(AnyObjectId id) throws IOException {
        if (indexes.isEmpty()) {
            look();
        }
        return indexes.values().stream().anyMatch(index -> index.hasObject(id));
    }

    public byte[] read(ObjectId id) throws IOException {
        try (InputStream in = open(id)) {
            return in.readAllBytes();
        }
    }

    /// The bytes of an object. Reading to the end proves that they are what was once kept.
    ///
    /// @throws NoSuchFileException if no pack has it
    InputStream open(ObjectId id) throws IOException {
        for (int i = 1; i < LOOKS; i++) {
            try {
                return find(id);
            } catch (NoSuchFileException e) {
                look();
            }
        }
        return find(id);
    }

    private InputStream find(ObjectId id) throws IOException {
        for (Map.Entry<String, PackIndex> each : indexes.entrySet()) {
            long offset = each.getValue().findOffset(id);
            if (offset >= 0) {
                return open(id, pack(each.getKey()), offset);
            }
        }
        throw new NoSuchFileException(directory + ": object " + id.name());
    }

    private static InputStream open(ObjectId id, Path pack, long offset) throws IOException {
        InputStream file = Files.newInputStream(pack);
        try {
            file.skipNBytes(offset);
            InputStream in = new BufferedInputStream(file);
            StoredObject object = header(in);
            return new Proven(new DigestInputStream(new InflaterInputStream(in), object.digest()), object.size(), id);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static StoredObject header(InputStream in) throws IOException {
        int next = in.read();
        int code = next >> 4 & 7;
        StoredObject.Type type = Arrays.stream(StoredObject.Type.values())
                .filter(each -> each.code() == code)
                .findFirst()
                .orElseThrow(() -> new IOException("a pack holds an object of type %d".formatted(code)));
        long size = next & 0xf;
        for (int shift = 4; (next & 0x80) != 0; shift += 7) {
            next = in.read();
            size |= (long) (next & 0x7f) << shift;
        }
        return new StoredObject(type, size);
    }

    private void look() throws IOException {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "pack-*.idx")) {
            for (Path file : files) {
                found.add(file.getFileName().toString());
            }
        }
        indexes.keySet().retainAll(found);
        for (String name : found) {
            if (!indexes.containsKey(name)) {
                index(name).ifPresent(index -> indexes.put(name, index));
            }
        }
    }

    private Optional<PackIndex> index(String name) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(directory.resolve(name)))) {
            return Optional.of(PackIndex.read(in));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Path pack(String index) {
        return pack(directory.resolve(index));
    }

    /// The pack that an index is of.
    public static Path pack(Path index) {
        String name = index.getFileName().toString();
        return index.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".pack");
    }

    /// Puts many packs into one, and removes what writers that died have left.
    public void tidy(Instant now) throws IOException {
        removeAbandoned(now);
        look();
        if (indexes.size() > MOST) {
            merge();
        }
    }

    private void removeAbandoned(Instant now) throws IOException {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(directory, DurableFile.DRAFT + "*")) {
            for (Path draft : drafts) {
                Instant touched = Files.getLastModifiedTime(draft).toInstant();
                if (touched.isBefore(now.minus(ABANDONED))) {
                    Files.deleteIfExists(draft);
                }
            }
        } catch (NoSuchFileException e) {
            // One that was just finished; there is always a next time.
        }
    }

    private void merge() throws IOException {
        List<String> merged = List.copyOf(indexes.keySet());
        Optional<String> whole;
        try (PackDraft draft = draft()) {
            for (String name : merged) {
                copy(name, draft);
            }
            whole = draft.publish();
        } catch (NoSuchFileException e) {
            // Somebody else is merging them.
            return;
        }
        for (String name : merged) {
            if (!whole.equals(Optional.of(name))) {
                Files.deleteIfExists(directory.resolve(name));
                Files.deleteIfExists(pack(name));
                indexes.remove(name);
            }
        }
    }

    private void copy(String name, PackDraft draft) throws IOException {
        PackIndex index = Objects.requireNonNull(indexes.get(name));
        TreeMap<Long, ObjectId> byOffset = new TreeMap<>();
        for (PackIndex.MutableEntry entry : index) {
            byOffset.put(entry.getOffset(), entry.toObjectId());
        }
        try (FileChannel pack = FileChannel.open(pack(name))) {
            long end = pack.size() - index.getChecksum().length;
            for (Map.Entry<Long, ObjectId> each : byOffset.entrySet()) {
                Long next = byOffset.higherKey(each.getKey());
                if (!draft.has(each.getValue())) {
                    draft.copy(
                            each.getValue(),
                            index.findCRC32(each.getValue()),
                            pack,
                            each.getKey(),
                            (next == null ? end : next) - each.getKey());
                }
            }
        }
    }
}
