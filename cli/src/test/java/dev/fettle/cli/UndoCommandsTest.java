package dev.fettle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.SessionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class UndoCommandsTest {
    @TempDir
    Path directory;

    private final Terminal terminal = new Terminal();
    private SessionId session;

    @BeforeEach
    void work() throws IOException {
        terminal.directory = directory.toRealPath();
        session =
                terminal.sessions.create(directory.toRealPath().toString(), "t").id();
        turn("rename the parser", ToldSnapshots.AFTER);
        turn("what does it do?", ToldSnapshots.BEFORE);
        terminal.sessions.create("/elsewhere", "newer");
    }

    private void turn(String said, String after) {
        try (EventLog log = terminal.sessions.open(session)) {
            log.append(new Event.UserSaid(said, List.of()));
            log.append(Event.TreeKept.ofTurn(Optional.of(ToldSnapshots.BEFORE), Optional.of(after), ""));
            log.append(new Event.TurnEnded(new Outcome.Completed()));
        }
    }

    @Test
    void undoTakesBackTheLastTurnThatChangedSomethingHere() {
        assertEquals(0, terminal.type("undo"));
        assertEquals("""
                Took back turn 1: rename the parser
                  a.txt
                  made/
                Left alone, for it is not kept: target/ (ignored by git)
                """, terminal.out);

        assertEquals(1, terminal.type("undo"));
        assertEquals("Everything that %s has changed is taken back already.\n".formatted(session), terminal.err);
        assertEquals(0, terminal.type("redo"));
        assertTrue(terminal.out.startsWith("Did again turn 1: rename the parser\n"), terminal.out);
    }

    @Test
    void whatOthersChangedIsListedAndNothingDone() {
        terminal.snapshots.conflicts = List.of("a.txt");
        assertEquals(1, terminal.type("undo"));
        assertEquals("", terminal.out);
        assertTrue(terminal.err.contains("somebody has changed\n  a.txt\n--force"), terminal.err);

        assertEquals(1, terminal.type("undo", "--json"));
        JsonNode conflict = JsonMapper.shared().readTree(terminal.out);
        assertEquals("conflict", conflict.get("status").asString());
        assertEquals("a.txt", conflict.get("paths").get(0).asString());
        assertEquals(0, terminal.type("undo", "--force"));
    }

    @Test
    void whatCouldNotBeRestoredIsSaidAndFails() {
        terminal.snapshots.notRestored = List.of("b.txt (permission denied)");
        assertEquals(1, terminal.type("undo", "--json"));
        JsonNode done = JsonMapper.shared().readTree(terminal.out);
        assertEquals("done", done.get("status").asString());
        assertEquals(1, done.get("turns").get(0).get("number").asInt());
        assertEquals(
                "b.txt (permission denied)", done.get("not_restored").get(0).asString());
        assertEquals(1, terminal.type("redo"));
        assertTrue(terminal.out.contains("Not as it was:\n  b.txt (permission denied)\n"), terminal.out);
    }

    @Test
    void theTurnsAreListed() {
        assertEquals(0, terminal.type("undo", "--list"));
        List<String> lines = terminal.out.lines().toList();
        assertEquals(2, lines.size());
        assertTrue(lines.get(0).endsWith("changed     rename the parser"), terminal.out);
        assertTrue(lines.get(1).endsWith("unchanged   what does it do?"), terminal.out);
        assertEquals(0, terminal.type("undo", "--list", "--json"));
        assertEquals(
                "unchanged",
                JsonMapper.shared().readTree(terminal.out).get(1).get("state").asString());
    }

    @Test
    void rewindNamesTheSessionToGoOnWith() {
        assertEquals(0, terminal.type("rewind", "1", "--session", session.value()));
        SessionId fork = terminal.sessions.list().stream()
                .filter(each -> each.parent().isPresent())
                .findFirst()
                .orElseThrow()
                .id();
        assertEquals("Go on with: fettle run --resume %s\n".formatted(fork), terminal.err);
        assertEquals(1, terminal.type("rewind", "9", "--session", session.value()));
        assertEquals("There is no turn 9 in %s, which has 2.\n".formatted(session), terminal.err);
    }

    @Test
    void diffPrintsThePatchOfTheTurnsThatAreAskedFor() {
        assertEquals(1, terminal.type("diff"));
        terminal.snapshots.patch = "--- a/a.txt\n+++ b/a.txt\n\u001b[31m\n";
        for (String[] line : new String[][] {
            {"diff"},
            {"diff", "--turn", "1"},
            {"diff", "--since", "1"},
            {"diff", "--session"},
            {"diff", "-s", session.value()}
        }) {
            assertEquals(0, terminal.type(line), terminal.err);
            assertEquals(terminal.snapshots.patch, terminal.out);
        }
        assertEquals(0, terminal.type("diff", "--json"));
        assertEquals(
                terminal.snapshots.patch,
                JsonMapper.shared().readTree(terminal.out).get("patch").asString());
        assertEquals(2, terminal.type("diff", "--turn", "1", "--since", "1"));
    }

    @Test
    void aDirectoryWithoutSessionsIsAMistake() {
        terminal.directory = Path.of("/nowhere");
        assertEquals(2, terminal.type("undo"));
        assertTrue(terminal.err.contains("No session has worked in /nowhere"), terminal.err);
        assertEquals(2, terminal.type("undo", "0"));
    }
}
