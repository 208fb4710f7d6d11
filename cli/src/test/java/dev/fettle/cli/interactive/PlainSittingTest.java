package dev.fettle.cli.interactive;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.cli.Terminal;
import dev.fettle.core.session.Session;
import dev.fettle.testkit.ScriptedModel;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainSittingTest {
    private final Terminal terminal = new Terminal();

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void go() {
        terminal.directory = directory;
        terminal.user = Session.LOCAL_USER;
    }

    @Test
    void eachLineOfAPipeIsATurnOfOneSession() {
        terminal.model = ScriptedModel.answering(text("**one**"), text("two"));
        terminal.stdin = "first\n\nsecond\nexit\nnever\n";

        assertEquals(0, terminal.type());

        assertEquals("**one**\ntwo\n", terminal.out);
        assertFalse(terminal.err.contains("\u001b"), terminal.err);
        assertEquals(1, terminal.sessions.list().size());
    }

    @Test
    void optionsAloneMeanTheSame() {
        terminal.model = ScriptedModel.answering(text("one"), text("two"));
        terminal.stdin = "first\n";
        assertEquals(0, terminal.type("--model", "x"));

        terminal.stdin = "second\n";
        assertEquals(0, terminal.type("interactive", "--continue"));
        assertEquals(1, terminal.sessions.list().size());
        String id = terminal.sessions.list().getFirst().id().value();
        terminal.stdin = "third\n";
        assertEquals(4, terminal.type("--resume", id));
        assertEquals(1, terminal.sessions.list().size());
    }

    @Test
    void itCanTakePlaceInAWorktree() {
        terminal.model = ScriptedModel.answering(text("one"));
        terminal.stdin = "first\n";

        assertEquals(0, terminal.type("interactive", "--worktree=fix"));

        assertEquals("/trees/fix/sub", terminal.lastFlags.settings().get("WORK_DIR"));
        assertTrue(terminal.err.contains("works in /trees/fix on fettle/fix"), terminal.err);
    }

    @Test
    void whatIsAskedIsAnsweredByTheNextLine() {
        terminal.isTerminal = true;
        terminal.model = ScriptedModel.answering(calls(call("echo", "{\"text\":\"x\"}")), text("ran"));
        terminal.stdin = "work\ny\n";

        assertEquals(0, terminal.type("interactive"));
        assertEquals("ran\n", terminal.out);
    }

    @Test
    void theExitCodeTellsHowTheLastTurnEnded() {
        terminal.stdin = "work\n";

        assertEquals(4, terminal.type());
        assertTrue(terminal.err.contains("provider_unavailable"), terminal.err);
    }

    @Test
    void noWordsAtAllAreAMistake() {
        assertEquals(2, terminal.type());
        assertTrue(terminal.err.contains("fettle --help"), terminal.err);
    }

    @Test
    void thereHasToBeASessionToContinue() {
        assertEquals(2, terminal.type("--continue"));
        assertTrue(terminal.err.contains("There is no session to continue"), terminal.err);
    }
}
