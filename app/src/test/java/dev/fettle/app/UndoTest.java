package dev.fettle.app;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.server.FakeModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a user sees of `fettle undo` and its kin, with everything real but the model. Every command is a
/// process of its own as far as it can tell.
@Timeout(120)
class UndoTest {
    private static final String EDIT = "{\"path\":\"greeting.txt\",\"edits\":[{\"old\":\"helo\",\"new\":\"hello\"}]}";

    @TempDir
    private Path directory = Path.of("");

    private Installation fettle;

    @BeforeEach
    void install() throws IOException {
        fettle = new Installation(directory);
        fettle.environment.put("AGENT_SANDBOX", "none");
        Files.writeString(fettle.project.resolve("greeting.txt"), "helo world\n");
    }

    private String greeting() throws IOException {
        return Files.readString(fettle.project.resolve("greeting.txt"));
    }

    @Test
    void takesBackWhatToolsAndCommandsChangedAndTheModelIsTold() throws IOException {
        Path made = fettle.project.resolve("made/by.txt");
        try (FakeModelServer server = FakeModelServer.answering(
                calls(call("edit", EDIT)),
                calls(call("bash", "{\"command\":\"mkdir made; echo x > made/by.txt; chmod 600 greeting.txt\"}")),
                text("Mended."),
                text("I see."))) {
            fettle.withAnthropic(server);
            assertEquals(0, fettle.type("run", "--yes", "mend the greeting"), fettle.err);
            assertTrue(Files.exists(made));
            assertEquals(0, fettle.type("diff"), fettle.err);
            assertTrue(fettle.out.contains("-helo world\n+hello world\n"), fettle.out);

            assertEquals(0, fettle.type("undo"), fettle.err);

            assertEquals("helo world\n", greeting());
            assertFalse(Files.exists(made.resolveSibling("")));
            assertEquals("""
                    Took back turn 1: mend the greeting
                      greeting.txt
                      made/
                      made/by.txt
                    """, fettle.out);
            assertEquals(0, fettle.type("run", "--continue", "and now?"), fettle.err);
            String request = server.requests().getLast().text();
            assertTrue(
                    request.contains(
                            "The user has taken back what you changed in these files: greeting.txt, made/, made/by.txt."),
                    request);
            assertEquals(1, fettle.type("redo"));
            assertTrue(fettle.err.startsWith("Nothing was taken back since the last turn"), fettle.err);
        }
    }

    @Test
    void keepsWhatTheUserHasEditedSince() throws IOException {
        try (FakeModelServer server = FakeModelServer.answering(calls(call("edit", EDIT)), text("Mended."))) {
            assertEquals(0, fettle.withAnthropic(server).type("run", "mend the greeting"), fettle.err);
            Files.writeString(fettle.project.resolve("greeting.txt"), "mine\n");

            assertEquals(1, fettle.type("undo", "--json"));
            JsonNode conflict = JsonMapper.shared().readTree(fettle.out);
            assertEquals(
                    "conflict greeting.txt",
                    conflict.path("status").asString() + " "
                            + conflict.path("paths").get(0).asString());
            assertEquals("mine\n", greeting());
            assertEquals(0, fettle.type("undo", "--force"), fettle.err);
            assertEquals("helo world\n", greeting());
            assertEquals(0, fettle.type("redo"), fettle.err);
            assertEquals("mine\n", greeting());
        }
    }

    @Test
    void aRewoundSessionGoesOnAsIfTheTurnHadNotBeen() throws IOException {
        try (FakeModelServer server = FakeModelServer.answering(
                text("It greets."), calls(call("edit", EDIT)), text("Mended."), text("Otherwise."))) {
            fettle.withAnthropic(server);
            assertEquals(0, fettle.type("run", "what is it?"), fettle.err);
            assertEquals(0, fettle.type("run", "--continue", "mend the greeting"), fettle.err);

            assertEquals(0, fettle.type("rewind", "2"), fettle.err);

            assertEquals("helo world\n", greeting());
            assertEquals(0, fettle.type("run", "--continue", "do it otherwise"), fettle.err);
            String request = server.requests().getLast().text();
            assertTrue(request.contains("It greets.") && !request.contains("mend the greeting"), request);
        }
    }

    @Test
    void whereNothingIsKeptThatIsSaidAndTheTurnGoesOn() throws IOException {
        try (FakeModelServer server = FakeModelServer.answering(calls(call("edit", EDIT)), text("Mended."))) {
            fettle.environment.put("HOME", fettle.project.toString());
            assertEquals(0, fettle.withAnthropic(server).type("run", "mend the greeting"), fettle.err);
            assertTrue(fettle.err.contains("! this turn cannot be undone: "), fettle.err);
            assertEquals("hello world\n", greeting());
            assertEquals(1, fettle.type("undo"));
            assertTrue(fettle.err.contains("holds your home directory"), fettle.err);
        }
    }

    @Test
    void undoCanBeSwitchedOff() throws IOException {
        try (FakeModelServer server = FakeModelServer.answering(calls(call("edit", EDIT)), text("Mended."))) {
            fettle.environment.put("AGENT_UNDO_FILES", "0");
            assertEquals(0, fettle.withAnthropic(server).type("run", "mend the greeting"), fettle.err);
            assertFalse(Files.exists(fettle.home.resolve("turns")));
            assertEquals(1, fettle.type("undo"));
            assertTrue(fettle.err.startsWith("No turn of ses_"), fettle.err);
        }
    }
}
