package dev.fettle.tools.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/// Writes zips that no honest program would write.
final class Zip {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out);

    Zip file(String name, String content) throws IOException {
        return entry(name, content.getBytes(StandardCharsets.UTF_8), _ -> {});
    }

    Zip mode(String name, int mode, String content) throws IOException {
        return entry(name, content.getBytes(StandardCharsets.UTF_8), entry -> entry.setUnixMode(mode));
    }

    Zip entry(String name, byte[] content, Consumer<ZipArchiveEntry> change) throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        change.accept(entry);
        zip.putArchiveEntry(entry);
        zip.write(content);
        zip.closeArchiveEntry();
        return this;
    }

    byte[] bytes() throws IOException {
        zip.finish();
        return out.toByteArray();
    }
}
