package dev.fettle.core.workspace.kept;

import java.util.Locale;
import java.util.Optional;

/// How much a directory may hold.
public record Quota(long bytes, long files) {
    public static final Quota NONE = new Quota(Long.MAX_VALUE, Long.MAX_VALUE);

    private static final double MEGA = 1e6;

    public boolean isExceededBy(TreeSize size) {
        return size.bytes() > bytes || size.files() > files;
    }

    /// What to say of a workspace that is too large; empty if it is not.
    public Optional<String> excess(TreeSize size) {
        return isExceededBy(size)
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "The workspace is full: it may hold %.1f MB in %,d files and directories"
                                + " (WORKSPACE_QUOTA, WORKSPACE_FILES), and more is in it.",
                        bytes / MEGA,
                        files))
                : Optional.empty();
    }

    /// What keeps both.
    public Quota and(Quota other) {
        return new Quota(Math.min(bytes, other.bytes), Math.min(files, other.files));
    }
}
