package dev.fettle.tools.snapshot.object;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.internal.storage.file.BasePackIndexWriter;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.PackedObjectInfo;

/// A pack that is being written (gitformat-pack(5)): all objects of one snapshot in one file, flushed once.
/// A file for each object would have to be flushed and renamed thousands of times, over a network too.
///
/// Nobody sees any of it before [#publish]: a pack counts once its index is there, and that is renamed
/// last.
final class PackDraft implements Closeable {
    private static final int VERSION = 2;
    private static final int INDEX_VERSION = 2;
    private static final int COUNT_AT = 8;
    private static final int HEADER = 12;
    private static final int BUFFER = 1 << 16;

    private final Path directory;
    private final Path file;
    private final FileChannel channel;
    private final CRC32 crc = new CRC32();
    private final OutputStream out;
    private final List<PackedObjectInfo> objects = new ArrayList<>();
    private final Set<AnyObjectId> ids = new HashSet<>();

    /// @param directory where packs are kept
    PackDraft(Path directory) throws IOException {
        this.directory = directory;
        this.file = DurableFile.draftBeside(directory.resolve("pack"));
        this.channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.out = new CheckedOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER), crc);
        out.write(ByteBuffer.allocate(HEADER)
                .put(Constants.PACK_SIGNATURE)
                .putInt(VERSION)
                .putInt(0)
                .array());
        out.flush();
    }

    boolean has(AnyObjectId id) {
        return ids.contains(id);
    }

    void add(ObjectId id, StoredObject.Type type, byte[] content) throws IOException {
        long start = begin(new StoredObject(type, content.length));
        try (DeflaterOutputStream deflating = deflating()) {
            deflating.write(content);
        }
        end(id, start);
    }

    /// Adds a file that is too large to be held.
    ///
    /// @return empty, and the pack is as it was, if the stream does not have the announced size or content
    Optional<ObjectId> add(ObjectId announced, long size, InputStream content) throws IOException {
        StoredObject object = new StoredObject(StoredObject.Type.BLOB, size);
        long start = begin(object);
        MessageDigest digest = object.digest();
        try (DeflaterOutputStream deflating = deflating()) {
            byte[] buffer = new byte[BUFFER];
            for (int n = read(content, buffer); n >= 0; n = read(content, buffer)) {
                digest.update(buffer, 0, n);
                deflating.write(buffer, 0, n);
            }
        }
        if (!ObjectId.fromRaw(digest.digest()).equals(announced)) {
            out.flush();
            channel.truncate(start);
            return Optional.empty();
        }
        end(announced, start);
        return Optional.of(announced);
    }

    /// What cannot be read any more ends there, and then is not what was announced.
    private static int read(InputStream content, byte[] buffer) {
        try {
            return content.read(buffer);
        } catch (IOException e) {
            return -1;
        }
    }

    /// Adds an object as another pack holds it.
    void copy(ObjectId id, long checksum, FileChannel pack, long from, long length) throws IOException {
        long start = channel.position();
        long copied = 0;
        while (copied < length) {
            long n = channel.transferFrom(pack.position(from + copied), start + copied, length - copied);
            if (n <= 0) {
                throw new IOException("the pack ends too early");
            }
            copied += n;
        }
        channel.position(start + length);
        put(id, start, checksum);
    }

    private long begin(StoredObject object) throws IOException {
        long start = channel.position();
        crc.reset();
        long rest = object.size() >>> 4;
        int first = object.type().code() << 4 | (int) (object.size() & 0xf);
        while (rest != 0) {
            out.write(first | 0x80);
            first = (int) (rest & 0x7f);
            rest >>>= 7;
        }
        out.write(first);
        return start;
    }

    /// Speed rather than size: most of a tree is kept once, and its history shares it.
    private DeflaterOutputStream deflating() {
        OutputStream kept = out;
        return new DeflaterOutputStream(kept, new Deflater(Deflater.BEST_SPEED), BUFFER) {
            @Override
            public void close() throws IOException {
                finish();
                def.end();
            }
        };
    }

    private void end(ObjectId id, long start) throws IOException {
        out.flush();
        put(id, start, crc.getValue());
    }

    private void put(ObjectId id, long start, long checksum) {
        PackedObjectInfo info = new PackedObjectInfo(id);
        info.setOffset(start);
        info.setCRC((int) checksum);
        objects.add(info);
        ids.add(info);
    }

    /// Makes the pack one of the directory's, durably; does nothing if nothing was added.
    ///
    /// @return the name of its index
    Optional<String> publish() throws IOException {
        if (objects.isEmpty()) {
            return Optional.empty();
        }
        channel.write(ByteBuffer.allocate(Integer.BYTES).putInt(0, objects.size()), COUNT_AT);
        byte[] checksum = checksum();
        channel.write(ByteBuffer.wrap(checksum), channel.size());
        channel.force(true);
        String name = "pack-" + HexFormat.of().formatHex(checksum);
        DurableFile.publish(file, directory.resolve(name + ".pack"));
        objects.sort(null);
        DurableFile.write(directory.resolve(name + ".idx"), index -> {
            BufferedOutputStream buffered = new BufferedOutputStream(index, BUFFER);
            BasePackIndexWriter.createVersion(buffered, INDEX_VERSION).write(objects, checksum);
            buffered.flush();
        });
        return Optional.of(name + ".idx");
    }

    private byte[] checksum() throws IOException {
        MessageDigest digest = Constants.newMessageDigest();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (long at = 0; at < channel.size(); at += buffer.limit()) {
            channel.read(buffer.clear(), at);
            digest.update(buffer.flip());
        }
        return digest.digest();
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(file);
        }
    }
}
