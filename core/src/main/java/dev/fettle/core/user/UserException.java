package dev.fettle.core.user;

import java.util.Objects;

/// Something asked about users cannot be done. The message says what to do.
public final class UserException extends RuntimeException {
    public enum Kind {
        NOT_FOUND,
        /// Somebody else has the name, perhaps in other letters of the same alphabet: `Ann` and `ann` are
        /// one.
        NAME_TAKEN,
        /// Without them nobody could let anybody in any more.
        LAST_ADMIN
    }

    private final Kind kind;

    public UserException(Kind kind, String message) {
        super(message);
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
