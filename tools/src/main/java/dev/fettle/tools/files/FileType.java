package dev.fettle.tools.files;

import java.nio.charset.StandardCharsets;
import java.util.List;

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

    /// In words, with an article.
    static String describe(byte[] start) {
        String characters = new String(start, StandardCharsets.ISO_8859_1);
        return OTHERS.stream()
                .filter(magic -> magic.fits(characters))
                .map(Magic::name)
                .findFirst()
                .orElse("binary data");
    }
}
