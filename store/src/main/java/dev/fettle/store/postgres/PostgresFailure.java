package dev.fettle.store.postgres;

import dev.fettle.core.session.SessionException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/// Says in a person's words, with the remedy, why the database does not serve. Codes are those of
/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
final class PostgresFailure {
    /// Too many connections; chosen as the victim of a deadlock or of a conflict.
    private static final Set<String> PASSING = Set.of("53300", "40001", "40P01");

    private PostgresFailure() {}

    static SessionException of(DatabaseAddress address, SQLException e) {
        String state = state(e);
        String words = switch (state) {
            case "28P01", "28000" ->
                "PostgreSQL at %s does not let user `%s` in. Check the user and password in DATABASE_URL, and pg_hba.conf there."
                        .formatted(address, address.user());
            case "3D000" ->
                "PostgreSQL at %s:%d has no database `%s`. Create it, or correct DATABASE_URL."
                        .formatted(address.host(), address.port(), address.database());
            case "42501" ->
                "User `%s` may not do this in PostgreSQL at %s. Grant it, or use the database's owner."
                        .formatted(address.user(), address);
            case "53100" -> "The disk of PostgreSQL at %s is full. Free some space.".formatted(address);
            case "53300" ->
                "PostgreSQL at %s has no connection left. Lower DATABASE_POOL_SIZE, or raise max_connections there."
                        .formatted(address);
            case "25006" ->
                "PostgreSQL at %s is read-only, perhaps a standby. Let DATABASE_URL name the primary."
                        .formatted(address);
            default ->
                isPassing(e)
                        ? ("Cannot reach PostgreSQL at %s. Check that it is running, that DATABASE_URL names "
                                        + "the right host and port, and that no firewall is between.")
                                .formatted(address)
                        : "PostgreSQL at %s does not serve.".formatted(address);
        };
        SessionException.Kind kind = isPassing(e) ? SessionException.Kind.AWAY : SessionException.Kind.STORAGE;
        return new SessionException(kind, words + " (" + reason(e) + ")", e);
    }

    /// Whether the trouble may be over soon: the server is restarting, a connection broke.
    static boolean isPassing(SessionException e) {
        return e.getCause() instanceof SQLException cause && isPassing(cause);
    }

    private static boolean isPassing(SQLException e) {
        String state = state(e);
        return state.startsWith("08")
                || state.startsWith("57P")
                || PASSING.contains(state)
                || (state.isEmpty() && e instanceof SQLTransientConnectionException);
    }

    /// The pool wraps what the driver said.
    private static String state(SQLException e) {
        String state = e.getSQLState();
        return state == null && e.getCause() instanceof SQLException cause ? state(cause) : state == null ? "" : state;
    }

    private static String reason(SQLException e) {
        return e.getCause() instanceof SQLException cause ? reason(cause) : String.valueOf(e.getMessage());
    }
}
