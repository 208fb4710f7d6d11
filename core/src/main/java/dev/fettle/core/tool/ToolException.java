package dev.fettle.core.tool;

import java.util.Objects;

/// The call cannot be carried out as asked. The message is the answer to the model and says what to try next.
public final class ToolException extends RuntimeException {
    public ToolException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
