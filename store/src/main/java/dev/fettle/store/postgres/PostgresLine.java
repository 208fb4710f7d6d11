package dev.fettle.store.postgres;

import dev.fettle.store.feed.Line;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// `NOTIFY` and `LISTEN` (<https://www.postgresql.org/docs/current/sql-notify.html>), each on a connection of its own.
/// A commit that notifies shuts all others of the server out for a moment, so no append does it itself; and as nothing
/// is kept by it, it does not wait for the disk.
final class PostgresLine implements Line {
    private static final String CHANNEL = "fettle";
    /// After so long a silence the connection is tried: the other side may be gone without a word.
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final int PATIENCE_SECONDS = 5;

    private final DatabaseAddress address;
    private Optional<Connection> telling = Optional.empty();
    private Optional<Connection> hearing = Optional.empty();
    private boolean isCut;

    PostgresLine(DatabaseAddress address) {
        this.address = address;
    }

    @Override
    public void tell(List<String> texts) throws IOException {
        try {
            Connection connection = teller();
            try (PreparedStatement notify = connection.prepareStatement("select pg_notify('" + CHANNEL + "', ?)")) {
                for (String text : texts) {
                    notify.setString(1, text);
                    notify.execute();
                }
            }
        } catch (SQLException e) {
            broken(telling);
            telling = Optional.empty();
            throw new IOException(e.getMessage(), e);
        }
    }

    private Connection teller() throws SQLException {
        if (telling.isEmpty()) {
            Connection connection = connect();
            telling = Optional.of(connection);
            keep();
            try (Statement statement = connection.createStatement()) {
                statement.execute("set synchronous_commit = off");
            }
        }
        return telling.get();
    }

    @Override
    public void hear(Runnable connected, Consumer<String> heard) throws IOException {
        try (Connection connection = connect()) {
            hearing = Optional.of(connection);
            keep();
            try (Statement statement = connection.createStatement()) {
                statement.execute("listen " + CHANNEL);
            }
            connected.run();
            PGConnection server = connection.unwrap(PGConnection.class);
            while (true) {
                PGNotification[] notifications = server.getNotifications((int) SILENCE.toMillis());
                for (PGNotification each : notifications) {
                    heard.accept(each.getParameter());
                }
                if (notifications.length == 0 && !connection.isValid(PATIENCE_SECONDS)) {
                    throw new IOException("the server does not answer");
                }
            }
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", address.user());
        properties.setProperty("password", address.password());
        properties.setProperty("ApplicationName", "fettle notices");
        properties.setProperty("connectTimeout", "" + PATIENCE_SECONDS);
        properties.setProperty("socketTimeout", "" + PATIENCE_SECONDS);
        properties.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(address.jdbcUrl(), properties);
    }

    /// What was connected while the line was cut must go again.
    private synchronized void keep() {
        if (isCut) {
            broken(telling);
            broken(hearing);
        }
    }

    @Override
    public synchronized void cut() {
        isCut = true;
        broken(telling);
        broken(hearing);
    }

    private static void broken(Optional<Connection> connection) {
        try {
            if (connection.isPresent()) {
                connection.get().abort(Runnable::run);
            }
        } catch (SQLException e) {
            // It is of no more use either way.
        }
    }

    @Override
    public String toString() {
        return "PostgreSQL at " + address;
    }
}
