package dev.fettle.core.message;

import java.util.Set;

/// A picture shown to a model.
///
/// @param mediaType one of `image/png`, `image/jpeg`, `image/gif`, `image/webp`
/// @param base64 the file's bytes in plain base64 (RFC 4648 §4), kept as text so that requests stay byte-stable
public record Image(String mediaType, String base64) {
    public static final Set<String> MEDIA_TYPES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    /// The least that any of the known APIs takes, of a file's own bytes.
    public static final int MOST_BYTES = 5 * 1024 * 1024;

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
}
