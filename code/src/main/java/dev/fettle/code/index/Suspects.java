package dev.fettle.code.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Remembers what is being parsed, so that a file that brings a parser down brings down one process, or two,
/// and not every one from then on.
///
/// Parsers are native code; when one crashes, nothing of the JVM is left to write a note. So each thread
/// writes the hash of its file into a mapped file before it parses, which is kept by the operating system
/// whatever becomes of the process, and takes it out afterwards. Whoever opens the index next reads what
/// dead processes left. A process may have been killed by chance, so two crashes count.
final class Suspects implements AutoCloseable {
    static final int CRASHES = 2;

    private static final String SUFFIX = ".parsing";
    private static final int SLOT = 64;

    private final Path note;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment slots;

    /// Notes for this process beside the file of an index.
    ///
    /// @param threads how many parse at once
    Suspects(Path index, int threads) {
        this.note = index.resolveSibling("%s.%d-%s%s"
                .formatted(
                        index.getFileName(),
                        ProcessHandle.current().pid(),
                        Long.toHexString(System.identityHashCode(this)),
                        SUFFIX));
        try (FileChannel channel =
                FileChannel.open(note, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            slots = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) SLOT * threads, arena);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void begin(int thread, String hash) {
        byte[] bytes = hash.getBytes(StandardCharsets.US_ASCII);
        MemorySegment.copy(bytes, 0, slots, ValueLayout.JAVA_BYTE, (long) thread * SLOT, bytes.length);
    }

    void end(int thread) {
        slots.asSlice((long) thread * SLOT, SLOT).fill((byte) 0);
    }

    /// What processes that are gone were parsing when they went; they are forgotten with this.
    static List<String> left(Path index) {
        List<String> hashes = new ArrayList<>();
        try (DirectoryStream<Path> notes =
                Files.newDirectoryStream(index.resolveSibling(""), index.getFileName() + ".*" + SUFFIX)) {
            for (Path each : notes) {
                String[] name = each.getFileName().toString().split("[.-]", -1);
                long pid = Long.parseLong(name[name.length - 3]);
                if (ProcessHandle.of(pid).isEmpty()) {
                    byte[] content = Files.readAllBytes(each);
                    for (int i = 0; i + SLOT <= content.length; i += SLOT) {
                        hashes.add(new String(content, i, SLOT, StandardCharsets.US_ASCII).replace("\0", ""));
                    }
                    Files.deleteIfExists(each);
                }
            }
        } catch (IOException e) {
            throw new IndexException(index, e);
        }
        return hashes.stream().filter(hash -> !hash.isEmpty()).toList();
    }

    @Override
    public void close() {
        arena.close();
        try {
            Files.deleteIfExists(note);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
