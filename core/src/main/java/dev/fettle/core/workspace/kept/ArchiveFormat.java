package dev.fettle.core.workspace.kept;

/// In what form files travel together.
public enum ArchiveFormat {
    ZIP("zip", "application/zip"),
    TAR("tar", "application/x-tar"),
    TAR_GZ("tar.gz", "application/gzip");

    private final String suffix;
    private final String mediaType;

    ArchiveFormat(String suffix, String mediaType) {
        this.suffix = suffix;
        this.mediaType = mediaType;
    }

    /// What names of such files end with, without the dot.
    public String suffix() {
        return suffix;
    }

    public String mediaType() {
        return mediaType;
    }
}
