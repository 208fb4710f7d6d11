package dev.fettle.core.message;

import java.util.Set;

/// A picture shown to a model.
///
/// @param mediaType one of `image/png`, `image/jpeg`, `image/gif`, `image/webp`
/// @param base64 the file's bytes in plain base64 (RFC 4648 §4), kept as text so that requests stay byte-stable
public record Image(String mediaType, String base64) {
    public static final Set<String> MEDIA_TYPES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    public Image {
        if (!MEDIA_TYPES.contains(mediaType)) {
            throw new IllegalArgumentException(
                    "No model reads images of type `%s`; use one of %s".formatted(mediaType, MEDIA_TYPES));
        }
    }
}
