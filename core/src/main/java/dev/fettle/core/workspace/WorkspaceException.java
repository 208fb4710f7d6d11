package dev.fettle.core.workspace;

import java.util.Objects;

/// The world said no. The message names the path and what to do, and is fit to be shown to a model.
public final class WorkspaceException extends RuntimeException {
    public enum Kind {
        OUTSIDE,
        NOT_FOUND,
        WRONG_KIND,
        READ_ONLY,
        UNSUPPORTED,
        /// Somebody else has changed it in the meantime.
        CHANGED,
        IO
    }

    private final Kind kind;

    public WorkspaceException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public WorkspaceException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /// Somebody has removed or moved away what was worked in.
    ///
    /// @param directory for whoever is to bring it back
    public static WorkspaceException gone(Object directory) {
        return new WorkspaceException(
                Kind.NOT_FOUND,
                "The directory %s is gone. Put it back, or leave and work in another one: fettle -C DIR"
                        .formatted(directory));
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
