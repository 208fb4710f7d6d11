package dev.fettle.tools.archive;

import dev.fettle.core.workspace.FilePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Writes a tar, perhaps packed.
final class TarPacking implements Packing {
    private static final int BUFFER = 1 << 16;

    /// Ends what the tar was written into.
    private interface End {
        void reach() throws IOException;
    }

    private final TarArchiveOutputStream tar;
    private final End end;

    private TarPacking(OutputStream out, End end) {
        this.end = end;
        tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    static TarPacking plain(OutputStream out) {
        return new TarPacking(out, out::flush);
    }

    static TarPacking packed(OutputStream out) throws IOException {
        GZIPOutputStream gzip = new GZIPOutputStream(out, BUFFER);
        return new TarPacking(gzip, () -> {
            gzip.finish();
            out.flush();
        });
    }

    @Override
    public void directory(FilePath path, Instant modified) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path.value() + "/");
        entry.setMode(0755);
        entry.setModTime(modified.toEpochMilli());
        put(entry);
        tar.closeArchiveEntry();
    }

    @Override
    public void file(FilePath path, Facts facts, InputStream content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path.value());
        entry.setMode(facts.isProgram() ? 0755 : 0644);
        entry.setModTime(facts.modified().toEpochMilli());
        entry.setSize(facts.size());
        put(entry);
        byte[] buffer = new byte[BUFFER];
        long left = facts.size();
        while (left > 0) {
            int n = content.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                // It has been cut meanwhile, and its size stands in the archive already.
                Arrays.fill(buffer, (byte) 0);
                n = (int) Math.min(buffer.length, left);
            }
            tar.write(buffer, 0, n);
            left -= n;
        }
        tar.closeArchiveEntry();
    }

    @Override
    public void link(FilePath path, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path.value(), TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        put(entry);
        tar.closeArchiveEntry();
    }

    /// Who packs is nobody's business.
    private void put(TarArchiveEntry entry) throws IOException {
        entry.setIds(0, 0);
        entry.setNames("", "");
        tar.putArchiveEntry(entry);
    }

    @Override
    public void close() throws IOException {
        tar.finish();
        end.reach();
    }
}
