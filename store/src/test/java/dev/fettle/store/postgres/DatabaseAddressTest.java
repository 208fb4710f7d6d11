package dev.fettle.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import org.junit.jupiter.api.Test;

final class DatabaseAddressTest {
    private static DatabaseAddress address(String url) {
        return DatabaseAddress.of(URI.create(url));
    }

    @Test
    void readsEveryPart() {
        DatabaseAddress address =
                address("postgresql://ann:p%40ss%3Aw%2Frd+1@db.example:6543/my%20db?sslmode=verify-full");

        assertEquals(
                new DatabaseAddress("db.example", 6543, "my db", "ann", "p@ss:w/rd+1", "sslmode=verify-full"), address);
        assertEquals("jdbc:postgresql://db.example:6543/my%20db?sslmode=verify-full", address.jdbcUrl());
        assertEquals("db.example:6543/my db", address.toString());
    }

    @Test
    void takesTheUsualWhereSomethingIsLeftOut() {
        assertEquals(new DatabaseAddress("db", 5432, "postgres", "postgres", "", ""), address("postgres://db"));
        assertEquals(new DatabaseAddress("db", 5432, "ann", "ann", "", ""), address("postgresql://ann@db/"));
    }

    @Test
    void findsUserAndPasswordAmongTheOptionsToo() {
        assertEquals(
                new DatabaseAddress("db", 5432, "fettle", "ann", "secret", "ssl=true&connectTimeout=3"),
                address("postgresql://db/fettle?ssl=true&user=ann&password=secret&connectTimeout=3"));
    }
}
