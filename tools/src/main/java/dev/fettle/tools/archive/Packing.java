package dev.fettle.tools.archive;

import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.kept.ArchiveFormat;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;

/// An archive that is being written. Its close ends the archive and not the stream under it.
public interface Packing extends Closeable {

    void directory(FilePath path, Instant modified) throws IOException;

    void file(FilePath path, Facts facts, InputStream content) throws IOException;

    void link(FilePath path, String target) throws IOException;

    /// What is known of a file before it is read.
    ///
    /// @param size what it had; where that must be known first, it is cut there or filled up with zeros
    record Facts(boolean isProgram, long size, Instant modified) {}

    /// As what an archive is written.
    static Packing of(ArchiveFormat format, OutputStream out) throws IOException {
        return switch (format) {
            case ZIP -> new ZipPacking(out);
            case TAR -> TarPacking.plain(out);
            case TAR_GZ -> TarPacking.packed(out);
        };
    }
}
