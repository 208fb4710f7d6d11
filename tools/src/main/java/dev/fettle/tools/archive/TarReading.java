package dev.fettle.tools.archive;

import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.kept.KeptWorkspaceException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Reads a tar from its beginning to its end. Kinds of entries are taken that are known to be harmless; the library
/// takes whatever it does not know for a file.
record TarReading(Path archive, boolean isPacked) {
    private static final int SET_ID = 06000;
    private static final int MAY_RUN = 0111;

    void into(Unpacking unpacking) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                HeaderBound bound = new HeaderBound(unpacked(file));
                TarArchiveInputStream tar = new TarArchiveInputStream(bound, StandardCharsets.UTF_8.name())) {
            Optional<TarArchiveEntry> entry = next(tar, bound);
            if (entry.isEmpty()) {
                throw Refused.archive("is empty, or no tar");
            }
            while (entry.isPresent()) {
                entry(tar, entry.get(), unpacking);
                entry = next(tar, bound);
            }
        }
    }

    private InputStream unpacked(InputStream file) throws IOException {
        try {
            return isPacked ? new BufferedInputStream(new GZIPInputStream(file)) : file;
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw Refused.archive("is not packed with gzip, or damaged", e);
        }
    }

    private static Optional<TarArchiveEntry> next(TarArchiveInputStream tar, HeaderBound bound) throws IOException {
        bound.headerBegins();
        try {
            return Optional.ofNullable(tar.getNextEntry());
        } catch (ClosedByInterruptException | KeptWorkspaceException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw Refused.archive("is no tar, or damaged", e);
        } finally {
            bound.headerEnds();
        }
    }

    private static void entry(TarArchiveInputStream tar, TarArchiveEntry entry, Unpacking unpacking)
            throws IOException {
        String name = entry.getName();
        if ((entry.getMode() & SET_ID) != 0) {
            throw Refused.entry(name, "would run as somebody else (setuid, setgid)");
        }
        FilePath path = EntryName.read(name);
        switch (entry.getLinkFlag()) {
            case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG -> {
                if (entry.isDirectory()) {
                    unpacking.directory(path);
                } else if (entry.isSparse()) {
                    throw Refused.entry(name, "is a file with holes; pack it without --sparse");
                } else {
                    file(tar, entry, path, unpacking);
                }
            }
            case TarConstants.LF_DIR -> unpacking.directory(path);
            case TarConstants.LF_SYMLINK -> unpacking.link(path, entry.getLinkName());
            case TarConstants.LF_LINK -> unpacking.copy(path, entry.getLinkName());
            case TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO ->
                throw Refused.entry(name, "is a device or a pipe");
            default -> throw Refused.entry(name, "is of a kind that is not known here");
        }
    }

    private static void file(TarArchiveInputStream tar, TarArchiveEntry entry, FilePath path, Unpacking unpacking)
            throws IOException {
        long size = unpacking.file(path, (entry.getMode() & MAY_RUN) != 0, tar);
        if (size != entry.getSize()) {
            throw Refused.entry(entry.getName(), "is not as long as it says");
        }
    }
}
