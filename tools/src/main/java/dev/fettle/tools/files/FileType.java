package dev.fettle.tools.files;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What a file is by its first bytes.
final class FileType {
    /// Bytes are written as Latin-1 characters; `?` stands for any.
    private record Magic(String bytes, String name) {
        boolean fits(String start) {
            if (start.length() < bytes.length()) {
                return false;
            }
            for (int i = 0; i < bytes.length(); i++) {
                if (bytes.charAt(i) != '?' && bytes.charAt(i) != start.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Magic> IMAGES = List.of(
            new Magic("\u0089PNG\r\n\u001a\n", "image/png"),
            new Magic("\u00ff\u00d8\u00ff", "image/jpeg"),
            new Magic("GIF87a", "image/gif"),
            new Magic("GIF89a", "image/gif"),
            new Magic("RIFF????WEBP", "image/webp"));

    private static final List<Magic> OTHERS = List.of(
            new Magic("PK\u0003\u0004", "a zip or jar archive"),
            new Magic("\u001f\u008b", "gzip data"),
            new Magic("BZh", "bzip2 data"),
            new Magic("\u00fd7zXZ", "xz data"),
            new Magic("(\u00b5/\u00fd", "zstd data"),
            new Magic("%PDF", "a PDF document"),
            new Magic("\u00ca\u00fe\u00ba\u00be", "a Java class file"),
            new Magic("\u007fELF", "an ELF program or library"),
            new Magic("MZ", "a Windows program"),
            new Magic("SQLite format 3", "an SQLite database"),
            new Magic("\u0000asm", "a WebAssembly module"),
            new Magic("\u00d0\u00cf\u0011\u00e0", "an Office document"),
            new Magic("OggS", "Ogg media"),
            new Magic("????ftyp", "MP4 media"));

    private FileType() {}

    /// The media type, if it is an image that models read.
    static Optional<String> imageOf(byte[] start) {
        return first(IMAGES, start);
    }

    /// In words, with an article.
    static String describe(byte[] start) {
        return first(OTHERS, start).orElse("binary data");
    }

    private static Optional<String> first(List<Magic> kinds, byte[] start) {
        String characters = new String(start, StandardCharsets.ISO_8859_1);
        return kinds.stream()
                .filter(magic -> magic.fits(characters))
                .map(Magic::name)
                .findFirst();
    }
}
