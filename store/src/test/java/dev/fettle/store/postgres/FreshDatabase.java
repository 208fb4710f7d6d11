package dev.fettle.store.postgres;

import dev.fettle.testkit.postgres.PostgresServer;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/// A new database on the server that all tests share. Its clock can be set: functions are looked for in the
/// schema `test` before PostgreSQL's own.
public final class FreshDatabase {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final URI url;
    private final String name = "test_" + NUMBER.incrementAndGet();

    public FreshDatabase() {
        PostgresServer server = PostgresServer.shared();
        run(server.url("postgres"), "create database " + name);
        url = server.url(name);
    }

    URI url() {
        return url;
    }

    String name() {
        return name;
    }

    public PostgresSessionStore open() {
        return PostgresSessionStore.open(new PostgresSessionStore.Options(url, 10));
    }

    public void run(String sql) {
        run(url, sql);
    }

    private static void run(URI url, String sql) {
        DatabaseAddress address = DatabaseAddress.of(url);
        try (Connection connection =
                        DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    long number(String sql) {
        DatabaseAddress address = DatabaseAddress.of(url);
        try (Connection connection =
                        DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /// To be called before the first connection of a store: it takes the setting up when it connects.
    public FreshDatabase withSettableClock() {
        run("""
                create schema test;
                create table test.clock (at timestamptz);
                insert into test.clock values (pg_catalog.now());
                create function test.now() returns timestamptz stable language sql as 'select at from test.clock';
                alter database %s set search_path = public, test, pg_catalog;
                """.formatted(name));
        return this;
    }

    public void setClock(Instant now) {
        run("update test.clock set at = '%s'".formatted(now));
    }
}
