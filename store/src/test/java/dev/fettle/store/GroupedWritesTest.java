package dev.fettle.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fettle.store.run.RunEngine;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many threads write at once: each gets what it would have got alone.
class GroupedWritesTest {
    @TempDir
    private Path directory = Path.of("");

    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(directory.resolve("some.db"));
        database.pragma("pragma journal_mode = wal");
        database.update("create table number (value bigint primary key)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<Long> kept() {
        return database.query("select value from number order by value", row -> row.getLong(1));
    }

    private long written(long number) {
        return database.write(() -> {
            database.update("insert into number values (?)", number);
            if (number % 3 == 0) {
                throw new IllegalArgumentException("no " + number);
            }
            return number;
        });
    }

    /// Holds the database until all wait behind it, so that they are written together.
    @Test
    void whoFailsTakesBackItsOwnAndLeavesTheOthers() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        List<Future<Long>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> holder = threads.submit(() -> database.write(() -> {
                begun.countDown();
                try {
                    released.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return 0;
            }));
            begun.await();
            for (long i = 1; i <= 60; i++) {
                long number = i;
                all.add(threads.submit(() -> written(number)));
            }
            while (database.writersWaiting() < 60) {
                Thread.onSpinWait();
            }
            released.countDown();
            assertEquals(0, holder.get());
        }
        List<Long> expected = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            Future<Long> one = all.get(i - 1);
            if (i % 3 == 0) {
                assertEquals(
                        "java.lang.IllegalArgumentException: no " + i,
                        assertThrows(ExecutionException.class, one::get).getMessage());
            } else {
                assertEquals(i, one.get());
                expected.add((long) i);
            }
        }
        assertEquals(expected, kept());
    }

    @Test
    void aChangeWithinAChangeIsPartOfIt() {
        assertThrows(
                IllegalArgumentException.class,
                () -> database.write(() -> {
                    written(1);
                    return written(3);
                }));
        assertEquals(List.of(), kept());
    }

    @Test
    void aLentConnectionIsThere() throws Exception {
        RunEngine.Connections connections = database.connections();
        try (Connection lent = connections.source().getConnection()) {
            lent.createStatement().executeUpdate("insert into number values (7)");
        }
        assertEquals(2, written(2));
        assertEquals(List.of(2L, 7L), kept());
        assertEquals(List.of(2L), database.query("pragma synchronous", row -> row.getLong(1)), "as it was: full");
    }
}
