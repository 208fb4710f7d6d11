package dev.fettle.store.sql;

import dev.fettle.core.session.SessionException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A database as the tables see it. Used by many threads at once. Whatever goes wrong comes out as a
/// [SessionException] of kind `STORAGE`.
///
/// A connection to a server can break when a change has been sent and its outcome is unknown; then the
/// statement, or the whole work given to [#write], is done again. So each must be safe to repeat.
public interface Sql {

    /// Makes one value of a row.
    @FunctionalInterface
    interface Row<R> {
        R read(ResultSet row) throws SQLException;
    }

    <R> List<R> query(String sql, Row<R> row, @Nullable Object... parameters);

    /// Runs one statement that changes something.
    ///
    /// @return the number of rows changed
    int update(String sql, @Nullable Object... parameters);

    /// Keeps what the work did wholly or not at all. What the work asks of this database belongs to it, as
    /// long as it does so in the same thread.
    <T> T write(Supplier<T> work);

    Dialect dialect();

    /// What to throw where a row makes no sense.
    SessionException damaged(String what, Throwable cause);
}
