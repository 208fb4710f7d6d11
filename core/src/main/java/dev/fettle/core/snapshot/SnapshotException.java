package dev.fettle.core.snapshot;

import java.util.Objects;

/// A snapshot cannot be kept, found or restored. The message names the path and what to do.
public final class SnapshotException extends RuntimeException {
    public enum Kind {
        /// The place snapshots are kept in is full, cannot be written or is damaged.
        STORAGE,
        /// The working tree cannot be read or written.
        TREE,
        /// There is no such snapshot, or a part of it is gone.
        NOT_FOUND
    }

    private final Kind kind;

    public SnapshotException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public SnapshotException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
