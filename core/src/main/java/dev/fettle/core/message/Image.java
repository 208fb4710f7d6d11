package dev.fettle.core.message;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// A picture shown to a model.
///
/// @param mediaType one of `image/png`, `image/jpeg`, `image/gif`, `image/webp`
/// @param base64 the file's bytes in plain base64 (RFC 4648 §4), kept as text so that requests stay byte-stable
public record Image(String mediaType, String base64) {
    /// The least that any of the known APIs takes, of a file's own bytes.
    public static final int MOST_BYTES = 5 * 1024 * 1024;

    /// What files of these types begin with, in Latin-1; `?` stands for any byte.
    private static final Map<String, List<String>> BEGINNINGS = Map.of(
            "image/png", List.of("\u0089PNG\r\n\u001a\n"),
            "image/jpeg", List.of("\u00ff\u00d8\u00ff"),
            "image/gif", List.of("GIF87a", "GIF89a"),
            "image/webp", List.of("RIFF????WEBP"));

    public static final Set<String> MEDIA_TYPES = BEGINNINGS.keySet();

    public Image {
        if (!MEDIA_TYPES.contains(mediaType)) {
            throw new IllegalArgumentException(
                    "No model reads images of type `%s`; use one of %s".formatted(mediaType, MEDIA_TYPES));
        }
        long padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
        long bytes = base64.length() * 3L / 4 - padding;
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "The image has %,d bytes and models read at most %,d; make a smaller copy"
                            .formatted(bytes, MOST_BYTES));
        }
    }

    /// A file's picture.
    ///
    /// @return empty if it is none that models read
    /// @throws IllegalArgumentException if it is larger than models read
    public static Optional<Image> of(byte[] file) {
        return mediaTypeOf(file).map(type -> new Image(type, Base64.getEncoder().encodeToString(file)));
    }

    /// The media type that a file's first bytes tell, if it is an image that models read.
    public static Optional<String> mediaTypeOf(byte[] start) {
        String characters = new String(start, StandardCharsets.ISO_8859_1);
        return BEGINNINGS.entrySet().stream()
                .filter(type -> type.getValue().stream().anyMatch(beginning -> begins(characters, beginning)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean begins(String characters, String beginning) {
        return characters.length() >= beginning.length()
                && IntStream.range(0, beginning.length())
                        .allMatch(i -> beginning.charAt(i) == '?' || beginning.charAt(i) == characters.charAt(i));
    }
}
