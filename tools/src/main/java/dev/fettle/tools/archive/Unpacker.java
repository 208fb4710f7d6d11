package dev.fettle.tools.archive;

import dev.fettle.core.workspace.kept.ArchiveFormat;
import dev.fettle.core.workspace.kept.KeptWorkspaceException;
import dev.fettle.core.workspace.kept.Quota;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/// Unpacks archives that anybody may have made. What is read of one before its first entry can be looked at, as a zip's
/// directory, takes memory, so only a few are unpacked at a time.
///
/// @param places one for each archive that is unpacked at the same time
public record Unpacker(Semaphore places) {
    /// An archive may become so many times longer; text that repeats itself comes to some fifty.
    private static final long MOST_TIMES = 200;

    /// Below this it may become as much longer as it likes.
    private static final long UNSUSPICIOUS = 64L << 20;

    public Unpacker() {
        this(new Semaphore(2));
    }

    /// Puts all that an archive holds into an empty directory.
    ///
    /// @param into absolute and free of links; what is in it after an exception is to be thrown away
    /// @throws KeptWorkspaceException of kind `REFUSED` or `TOO_LARGE`
    /// @throws IOException if the directory cannot be written
    public void unpack(Path archive, ArchiveFormat format, Path into, Quota quota)
            throws IOException, InterruptedException {
        long bytes = Math.max(UNSUSPICIOUS, MOST_TIMES * Files.size(archive));
        places.acquire();
        try {
            Unpacking unpacking = new Unpacking(into, quota.and(new Quota(bytes, Long.MAX_VALUE)));
            switch (format) {
                case ZIP -> new ZipReading(archive).into(unpacking);
                case TAR, TAR_GZ -> new TarReading(archive, format == ArchiveFormat.TAR_GZ).into(unpacking);
            }
            unpacking.finish();
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException("Interrupted while an archive was unpacked");
        } finally {
            places.release();
        }
    }
}
