package dev.fettle.tools.snapshot.tree;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/// What the tree's repository tracks, from its index (gitformat-index(5), versions 2 to 4): git ignores
/// none of it, whatever the rules say.
///
/// JGit's reader would measure the file system's clock and write the result into the user's home.
final class TrackedFiles {
    private static final int SIGNATURE = 0x44495243;
    /// Times, device, inode, mode, owner, size, and the object.
    private static final int STAT_AND_ID = 60;

    private static final int EXTENDED = 0x4000;
    private static final int PADDING = 8;
    private static final int COMPRESSED = 4;

    private final ByteBuffer index;
    private final ByteArrayOutputStream name = new ByteArrayOutputStream();

    private TrackedFiles(byte[] index) {
        this.index = ByteBuffer.wrap(index);
    }

    /// The paths of files and of the directories they are in; none if this is no index git would write.
    static Set<String> paths(byte[] index) {
        try {
            return new TrackedFiles(index).paths();
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            return Set.of();
        }
    }

    private Set<String> paths() {
        Set<String> paths = new HashSet<>();
        if (index.getInt() != SIGNATURE) {
            return paths;
        }
        int version = index.getInt();
        int count = index.getInt();
        for (int i = 0; i < count; i++) {
            int start = index.position();
            index.position(start + STAT_AND_ID);
            if ((index.getShort() & EXTENDED) != 0) {
                index.getShort();
            }
            keepOfLastName(version == COMPRESSED ? name.size() - varint() : 0);
            for (byte next = index.get(); next != 0; next = index.get()) {
                name.write(next);
            }
            if (version != COMPRESSED) {
                int length = index.position() - start;
                index.position(start + (length + PADDING - 1) / PADDING * PADDING);
            }
            add(name.toString(StandardCharsets.UTF_8), paths);
        }
        return paths;
    }

    private void keepOfLastName(int length) {
        byte[] kept = Arrays.copyOf(name.toByteArray(), Math.max(0, length));
        name.reset();
        name.writeBytes(kept);
    }

    /// As offsets of deltas are written in packs.
    private int varint() {
        int next = index.get();
        int value = next & 0x7f;
        while ((next & 0x80) != 0) {
            next = index.get();
            value = ((value + 1) << 7) | (next & 0x7f);
        }
        return value;
    }

    private static void add(String file, Set<String> paths) {
        String path = file;
        while (!path.isEmpty() && paths.add(path)) {
            path = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        }
    }
}
