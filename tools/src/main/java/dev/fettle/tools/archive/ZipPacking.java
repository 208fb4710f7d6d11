package dev.fettle.tools.archive;

import dev.fettle.core.workspace.FilePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/// Writes a zip from its beginning to its end.
final class ZipPacking implements Packing {
    private final ZipArchiveOutputStream zip;

    ZipPacking(OutputStream out) {
        zip = new ZipArchiveOutputStream(out);
        zip.setEncoding(StandardCharsets.UTF_8.name());
    }

    @Override
    public void directory(FilePath path, Instant modified) throws IOException {
        zip.putArchiveEntry(entry(path.value() + "/", 0040755, modified));
        zip.closeArchiveEntry();
    }

    @Override
    public void file(FilePath path, Facts facts, InputStream content) throws IOException {
        ZipArchiveEntry entry = entry(path.value(), facts.isProgram() ? 0100755 : 0100644, facts.modified());
        // Only says whether it needs the format for large files; what is written counts.
        entry.setSize(facts.size());
        zip.putArchiveEntry(entry);
        content.transferTo(zip);
        zip.closeArchiveEntry();
    }

    @Override
    public void link(FilePath path, String target) throws IOException {
        zip.putArchiveEntry(entry(path.value(), 0120777, Instant.EPOCH));
        zip.write(target.getBytes(StandardCharsets.UTF_8));
        zip.closeArchiveEntry();
    }

    private static ZipArchiveEntry entry(String name, int mode, Instant modified) {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setUnixMode(mode);
        entry.setTime(FileTime.from(modified));
        return entry;
    }

    @Override
    public void close() throws IOException {
        zip.finish();
        zip.flush();
    }
}
