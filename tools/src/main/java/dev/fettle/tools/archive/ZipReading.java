package dev.fettle.tools.archive;

import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.kept.KeptWorkspaceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/// Reads a zip by its central directory, which is what other programs go by, and which alone has kinds and permissions.
/// What an entry says of its size is only believed once its bytes have been counted.
record ZipReading(Path archive) {
    /// Of the central directory: what is read before anything can be refused.
    private static final long MOST_DIRECTORY = 16L << 20;

    private static final int KIND = 0170000;
    private static final int FILE = 0100000;
    private static final int DIRECTORY = 0040000;
    private static final int LINK = 0120000;
    private static final int SET_ID = 06000;
    private static final int MAY_RUN = 0111;
    private static final int LONGEST_TARGET = 4_096;

    void into(Unpacking unpacking) throws IOException {
        try (BoundedChannel channel = new BoundedChannel(Files.newByteChannel(archive), MOST_DIRECTORY);
                ZipFile zip = opened(channel)) {
            channel.unbind();
            Enumeration<ZipArchiveEntry> entries = zip.getEntriesInPhysicalOrder();
            while (entries.hasMoreElements()) {
                entry(zip, entries.nextElement(), unpacking);
            }
        }
    }

    private static ZipFile opened(BoundedChannel channel) throws IOException {
        try {
            return ZipFile.builder()
                    .setSeekableByteChannel(channel)
                    .setIgnoreLocalFileHeader(true)
                    .get();
        } catch (ClosedByInterruptException | KeptWorkspaceException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw Refused.archive("is no zip, or damaged", e);
        }
    }

    private static void entry(ZipFile zip, ZipArchiveEntry entry, Unpacking unpacking) throws IOException {
        String name = entry.getName();
        // The library mends such names of archives from Windows.
        EntryName.read(new String(entry.getRawName(), StandardCharsets.UTF_8));
        if (entry.getGeneralPurposeBit().usesEncryption() || !zip.canReadEntryData(entry)) {
            throw Refused.entry(name, "is encrypted or packed in a way that is not read here");
        }
        int mode = entry.getUnixMode();
        if ((mode & SET_ID) != 0) {
            throw Refused.entry(name, "would run as somebody else (setuid, setgid)");
        }
        FilePath path = EntryName.read(name);
        switch (mode & KIND) {
            case LINK -> unpacking.link(path, target(zip, entry));
            case DIRECTORY -> unpacking.directory(path);
            case 0, FILE -> {
                if (name.endsWith("/")) {
                    unpacking.directory(path);
                } else {
                    file(zip, entry, path, unpacking);
                }
            }
            default -> throw Refused.entry(name, "is a device, a pipe or a socket");
        }
    }

    private static void file(ZipFile zip, ZipArchiveEntry entry, FilePath path, Unpacking unpacking)
            throws IOException {
        CRC32 sum = new CRC32();
        try (InputStream content = new CheckedInputStream(content(zip, entry), sum)) {
            long size = unpacking.file(path, (entry.getUnixMode() & MAY_RUN) != 0, content);
            if (size != entry.getSize() || sum.getValue() != entry.getCrc()) {
                throw Refused.entry(entry.getName(), "is not as long as it says, or damaged");
            }
        }
    }

    private static String target(ZipFile zip, ZipArchiveEntry entry) throws IOException {
        try (InputStream content = content(zip, entry)) {
            return new String(content.readNBytes(LONGEST_TARGET), StandardCharsets.UTF_8);
        }
    }

    private static InputStream content(ZipFile zip, ZipArchiveEntry entry) throws IOException {
        try {
            InputStream content = zip.getInputStream(entry);
            if (content == null) {
                throw Refused.entry(entry.getName(), "has no content");
            }
            return content;
        } catch (ClosedByInterruptException | KeptWorkspaceException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw Refused.archive("is damaged", e);
        }
    }
}
