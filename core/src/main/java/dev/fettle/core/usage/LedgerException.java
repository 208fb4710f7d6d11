package dev.fettle.core.usage;

import java.util.Objects;

/// The ledger cannot be read or written. The message says why and what to do.
public final class LedgerException extends RuntimeException {
    public LedgerException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
