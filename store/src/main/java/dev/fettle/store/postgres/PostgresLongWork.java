package dev.fettle.store.postgres;

import dev.fettle.core.session.SessionException;
import dev.fettle.store.sql.Dialect;
import dev.fettle.store.upkeep.LongWork;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/// Long work on a PostgreSQL server.
record PostgresLongWork(DatabaseAddress address) implements LongWork {
    @Override
    public Connection reading() throws SQLException {
        Connection connection = connect();
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        return connection;
    }

    /// Whoever wants to write waits, and is told then that its session is gone or that of somebody else.
    @Override
    public Connection writing(List<String> tables) throws SQLException {
        Connection connection = connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table " + String.join(", ", tables) + " in exclusive mode");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", address.user());
        properties.setProperty("password", address.password());
        properties.setProperty("ApplicationName", "fettle");
        properties.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(address.jdbcUrl(), properties);
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRES;
    }

    @Override
    public SessionException failed(SQLException e) {
        return PostgresFailure.of(address, e);
    }
}
