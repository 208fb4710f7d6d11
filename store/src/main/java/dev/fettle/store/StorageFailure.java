package dev.fettle.store;

import dev.fettle.core.session.SessionException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Says in a person's words, with the remedy, why the database does not serve.
final class StorageFailure {
    private StorageFailure() {}

    static SessionException of(Path file, SQLException e) {
        if (!(e instanceof SQLiteException sqlite)) {
            return new SessionException(SessionException.Kind.STORAGE, "Cannot use %s: %s".formatted(file, e), e);
        }
        SQLiteErrorCode code = sqlite.getResultCode();
        return switch (primary(code)) {
            case SQLITE_CORRUPT, SQLITE_NOTADB -> damaged(file, String.valueOf(e.getMessage()), e);
            case SQLITE_FULL -> trouble("The disk is full: nothing more fits into %s. Free some space.", file, e);
            case SQLITE_READONLY ->
                trouble("Cannot write %s: the file or its directory is read-only. Make it writable.", file, e);
            case SQLITE_PERM, SQLITE_AUTH, SQLITE_CANTOPEN ->
                trouble("Cannot open %s. Check that its directory is there and that you may write it.", file, e);
            case SQLITE_BUSY, SQLITE_LOCKED ->
                trouble("Another process has kept %s locked for 15 s. Stop it, or try again.", file, e);
            case SQLITE_IOERR ->
                code == SQLiteErrorCode.SQLITE_IOERR_SHORT_READ
                        ? damaged(file, String.valueOf(e.getMessage()), e)
                        : trouble("Reading or writing %s failed. Check the disk and its free space.", file, e);
            default -> trouble("Cannot use %s.", file, e);
        };
    }

    static SessionException damaged(Path file, String what, Throwable cause) {
        return new SessionException(
                SessionException.Kind.STORAGE,
                ("The session database %s is damaged: %s. It has been left as it is; "
                                + "`fettle sessions repair` recovers what can be read.")
                        .formatted(file, what),
                cause);
    }

    /// Whether another process was in the way, so that trying again may help.
    static boolean isLocked(SessionException e) {
        return e.getCause() instanceof SQLiteException sqlite
                && primary(sqlite.getResultCode()) == SQLiteErrorCode.SQLITE_BUSY;
    }

    /// SQLite keeps the kind of an error in the low byte and its detail above.
    private static SQLiteErrorCode primary(SQLiteErrorCode code) {
        return SQLiteErrorCode.getErrorCode(code.code & 0xff);
    }

    private static SessionException trouble(String words, Path file, SQLException e) {
        return new SessionException(
                SessionException.Kind.STORAGE, words.formatted(file) + " (" + e.getMessage() + ")", e);
    }
}
