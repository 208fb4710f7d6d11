package dev.fettle.core.workspace.kept;

import java.util.Objects;

/// A workspace cannot be made or used. The message is for whoever asked: it names what is wrong and the remedy, and
/// nothing of the machine.
public final class KeptWorkspaceException extends RuntimeException {
    public enum Kind {
        /// What it was to be made of is not taken here.
        REFUSED,
        /// What it was to be made of is more than one workspace may hold.
        TOO_LARGE,
        /// There is no room for any more workspaces.
        FULL,
        /// The disk does not serve.
        STORAGE
    }

    private final Kind kind;

    public KeptWorkspaceException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public KeptWorkspaceException(Kind kind, String message, Throwable cause) {
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
