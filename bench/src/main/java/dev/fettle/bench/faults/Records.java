package dev.fettle.bench.faults;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What the database says of what happened, asked past the program.
final class Records {
    private final String url;

    Records(URI url) {
        String[] user = url.getRawUserInfo().split(":", 2);
        this.url = "jdbc:postgresql://%s:%d%s?user=%s&password=%s"
                .formatted(url.getHost(), url.getPort(), url.getPath(), user[0], user[1]);
    }

    @FunctionalInterface
    interface Row<R> {
        R read(ResultSet row) throws SQLException;
    }

    <R> List<R> query(String sql, Row<R> row, Object... parameters) {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<R> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(row.read(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    long number(String sql) {
        return query(sql, row -> row.getLong(1)).getFirst();
    }

    /// A run that a worker had when it was ended.
    record Struck(String session, long epoch, long atMillis) {}

    void update(String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /// What a worker has at the moment.
    ///
    /// @param worker its name
    List<Struck> heldBy(String worker) {
        long now = System.currentTimeMillis();
        return query(
                "select session.id, session.epoch from run join session on session.id = run.session_id"
                        + " where run.status = 'running' and run.worker = ?",
                row -> new Struck(row.getString(1), row.getLong(2), now),
                worker);
    }

    /// After how many milliseconds another owner wrote into the session; -1 if none ever did.
    long continued(Struck struck) {
        return query(
                        "select min(at) from session_event where session_id = ? and epoch > ?",
                        row -> row.getLong(1) == 0 ? -1 : row.getLong(1) - struck.atMillis(),
                        struck.session(),
                        struck.epoch())
                .getFirst();
    }
}
