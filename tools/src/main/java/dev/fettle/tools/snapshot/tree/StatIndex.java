package dev.fettle.tools.snapshot.tree;

import dev.fettle.tools.snapshot.object.DurableFile;
import dev.fettle.tools.snapshot.object.Packs;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.eclipse.jgit.lib.ObjectId;

/// Which object a file was stored as when it looked as it does, so that unchanged files are not read again.
/// It is only a memory: without it, or with a damaged one, a snapshot takes longer and is the same.
///
/// A file that is written twice within one tick of the file system's clock can look the same after both
/// ("racy git"). What had changed less than two seconds before it was looked at is therefore not
/// remembered.
public final class StatIndex {
    private static final int VERSION = 1;
    private static final Duration TICK = Duration.ofSeconds(2);

    private record Entry(FileStat stat, ObjectId id) {}

    private final Map<String, Entry> known;
    private final Map<String, Entry> seen = new HashMap<>();
    private final long settled;

    private StatIndex(Map<String, Entry> known, Instant now) {
        this.known = known;
        Instant latest = now.minus(TICK);
        this.settled = TimeUnit.SECONDS.toNanos(latest.getEpochSecond()) + latest.getNano();
    }

    /// What was remembered; nothing, if that cannot be read.
    ///
    /// @param now by the clock that also dates files
    public static StatIndex read(Path file, Instant now) {
        try {
            return new StatIndex(entries(file), now);
        } catch (IOException | RuntimeException e) {
            // None yet, cut off or of another version: everything is looked at again.
            return new StatIndex(Map.of(), now);
        }
    }

    Optional<ObjectId> find(String path, FileStat stat) {
        Entry entry = known.get(path);
        if (entry == null || !entry.stat.equals(stat)) {
            return Optional.empty();
        }
        seen.put(path, entry);
        return Optional.of(entry.id);
    }

    void remember(String path, FileStat stat, ObjectId id) {
        if (stat.changed() < settled) {
            seen.put(path, new Entry(stat, id));
        }
    }

    /// Whether every object that was known is there.
    public boolean isKeptIn(Packs packs) throws IOException {
        for (Entry each : known.values()) {
            if (!packs.has(each.id)) {
                return false;
            }
        }
        return true;
    }

    /// Keeps what was found and remembered, if it is not what was known.
    public void write(Path file) throws IOException {
        if (!seen.equals(known)) {
            DurableFile.write(file, this::write);
        }
    }

    private void write(OutputStream out) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(new BufferedOutputStream(out, 1 << 16), new CRC32());
        DataOutputStream data = new DataOutputStream(checked);
        data.writeInt(VERSION);
        data.writeInt(seen.size());
        for (Map.Entry<String, Entry> each : seen.entrySet()) {
            FileStat stat = each.getValue().stat;
            data.writeUTF(each.getKey());
            data.writeInt(stat.mode());
            data.writeLong(stat.inode());
            data.writeLong(stat.size());
            data.writeLong(stat.modified());
            data.writeLong(stat.changed());
            each.getValue().id.copyRawTo(data);
        }
        data.writeLong(checked.getChecksum().getValue());
        data.flush();
    }

    private static Map<String, Entry> entries(Path file) throws IOException {
        CheckedInputStream checked =
                new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16), new CRC32());
        try (DataInputStream data = new DataInputStream(checked)) {
            if (data.readInt() != VERSION) {
                return Map.of();
            }
            int count = data.readInt();
            Map<String, Entry> entries = new HashMap<>();
            for (int i = 0; i < count; i++) {
                String path = data.readUTF();
                FileStat stat = new FileStat(
                        data.readInt(), data.readLong(), data.readLong(), data.readLong(), data.readLong());
                byte[] id = new byte[20];
                data.readFully(id);
                entries.put(path, new Entry(stat, ObjectId.fromRaw(id)));
            }
            long sum = checked.getChecksum().getValue();
            return data.readLong() == sum ? entries : Map.of();
        }
    }
}
