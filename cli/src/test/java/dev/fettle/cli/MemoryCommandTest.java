package dev.fettle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.store.SqliteSessionStore;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryCommandTest {
    @TempDir
    Path directory;

    private final Terminal terminal = new Terminal();
    private SqliteSessionStore store;

    @BeforeEach
    void open() {
        store = SqliteSessionStore.open(directory.resolve("sessions.db"), terminal.clock);
        terminal.memory = Optional.of(store.books().memory());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private String add(String... more) {
        String[] line = new String[more.length + 2];
        line[0] = "memory";
        line[1] = "add";
        System.arraycopy(more, 0, line, 2, more.length);
        assertEquals(0, terminal.type(line), terminal.err);
        return terminal.out.strip();
    }

    @Test
    void whatIsAddedIsFoundAndListed() {
        String here = add("Deployments need a signed tag.");
        String everywhere = add("--everywhere", "Answer in English.");

        assertEquals(0, terminal.type("memory", "search", "signed", "letters"));
        assertEquals(here + "  /work  Deployments need a signed tag.\n", terminal.out);
        assertEquals(0, terminal.type("memory", "list", "--here"));
        assertEquals(here + "  /work  Deployments need a signed tag.\n", terminal.out);
        assertEquals(0, terminal.type("memory", "list", "--json"));
        assertTrue(terminal.out.contains("\"fact_id\" : \"%s\"".formatted(everywhere)), terminal.out);
        assertEquals(0, terminal.type("memory", "stats"));
        assertTrue(terminal.out.startsWith("2 fact(s) of 1 project(s) and all, 48 characters"), terminal.out);
        assertEquals(0, terminal.type("memory", "stats", "--json"));
        assertTrue(terminal.out.contains("\"facts\" : 2"), terminal.out);
    }

    @Test
    void aFactIsChangedAndForgotten() {
        String id = add("Deployments need a signed tag.");

        assertEquals(0, terminal.type("memory", "edit", id.substring(0, 12), "Deployments need two."));
        assertEquals(0, terminal.type("memory", "list"));
        assertEquals(id + "  /work  Deployments need two.\n", terminal.out);
        assertEquals(0, terminal.type("memory", "forget", id));
        assertEquals(0, terminal.type("memory", "list"));
        assertEquals("", terminal.out);
        assertEquals(2, terminal.type("memory", "forget", id));
        assertTrue(terminal.err.contains("There is no fact"), terminal.err);
    }

    @Test
    void secretsAndBlanksAreRefused() {
        assertEquals(2, terminal.type("memory", "add", "the key is sk-proj-A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6"));
        assertTrue(terminal.err.contains("looks like a secret"), terminal.err);
        assertEquals(2, terminal.type("memory", "add", " "));
    }
}
