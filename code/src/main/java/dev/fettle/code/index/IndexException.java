package dev.fettle.code.index;

import java.nio.file.Path;
import java.util.Objects;

/// The index cannot be read or written. It is a cache: who can, goes on without it.
public final class IndexException extends RuntimeException {
    IndexException(Path file, Exception cause) {
        super(
                "The code index %s cannot be used: %s. It can be deleted; it is built anew.".formatted(file, cause),
                cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
