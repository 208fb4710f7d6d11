package dev.fettle.core.workspace.kept;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// In what form files travel together.
public enum ArchiveFormat {
    ZIP("zip", "application/zip", "application/x-zip-compressed"),
    TAR("tar", "application/x-tar", "application/x-gtar"),
    TAR_GZ("tar.gz", "application/gzip", "application/x-gzip");

    private final String suffix;
    private final String mediaType;
    private final String otherMediaType;

    ArchiveFormat(String suffix, String mediaType, String otherMediaType) {
        this.suffix = suffix;
        this.mediaType = mediaType;
        this.otherMediaType = otherMediaType;
    }

    /// The format of what a sender calls this; empty if it is no archive.
    ///
    /// @param type as in `Content-Type`
    public static Optional<ArchiveFormat> ofMediaType(String type) {
        String plain = type.toLowerCase(Locale.ROOT).replaceFirst(" *;.*", "");
        return Arrays.stream(values())
                .filter(each -> plain.equals(each.mediaType) || plain.equals(each.otherMediaType))
                .findFirst();
    }

    /// The format of files whose names end like this.
    public static Optional<ArchiveFormat> ofSuffix(String suffix) {
        return Arrays.stream(values())
                .filter(each -> each.suffix.equals(suffix))
                .findFirst();
    }

    /// What names of such files end with, without the dot.
    public String suffix() {
        return suffix;
    }

    public String mediaType() {
        return mediaType;
    }
}
