package dev.fettle.cli.host;

import dev.fettle.core.session.Status;

/// What the process's exit status says; documented in `docs/exit-codes.md`.
public final class ExitCode {
    public static final int COMPLETED = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int AUTH_ERROR = 3;
    public static final int PROVIDER_UNAVAILABLE = 4;
    public static final int DENIED = 8;
    public static final int CANCELLED = 130;

    private ExitCode() {}

    public static int of(Status status) {
        return switch (status) {
            case COMPLETED -> COMPLETED;
            case FAILED -> FAILED;
            case AUTH_ERROR -> AUTH_ERROR;
            case PROVIDER_UNAVAILABLE -> PROVIDER_UNAVAILABLE;
            case LIMIT_STEPS -> 5;
            case LIMIT_TIME -> 6;
            case LIMIT_BUDGET -> 7;
            case DENIED -> DENIED;
            case LOOP_DETECTED -> 9;
            case CANCELLED -> CANCELLED;
        };
    }
}
