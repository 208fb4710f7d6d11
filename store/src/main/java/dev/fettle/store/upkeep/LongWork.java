package dev.fettle.store.upkeep;

import dev.fettle.core.session.SessionException;
import dev.fettle.store.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Connections for work that takes as long as the database is large. Each is new, so that nobody waits for
/// it and no time limit of a pool ends it; whoever has it closes it. It is in a transaction, which ends
/// with it unless it is committed.
public interface LongWork {
    /// Shows the database as it was when first asked, whatever others write meanwhile. They do not notice.
    Connection reading() throws SQLException;

    /// Keeps everybody else from writing to some tables.
    Connection writing(List<String> tables) throws SQLException;

    Dialect dialect();

    /// What to throw where the database does not serve.
    SessionException failed(SQLException e);
}
