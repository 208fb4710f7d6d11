package dev.fettle.code.syntax;

/// What calls into a native library throw: by their signature anything, in truth nothing that is checked.
final class Trouble {
    private Trouble() {}

    static RuntimeException with(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException runtime -> runtime;
            case Error error -> throw error;
            default -> new IllegalStateException(thrown);
        };
    }
}
