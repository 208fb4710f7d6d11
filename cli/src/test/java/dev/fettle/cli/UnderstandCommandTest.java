package dev.fettle.cli;

import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.ScriptedModel;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UnderstandCommandTest {
    private final Terminal terminal = new Terminal();

    @Test
    void withoutAModelThereAreFactsOnly() {
        assertEquals(0, terminal.type("understand", "--no-model", "src"));
        assertEquals("facts about Place[path=src]\n", terminal.out);
        assertTrue(terminal.err.contains("… 256 of 1,000 files\n"), terminal.err);
        assertTrue(terminal.err.contains("note: no history"), terminal.err);
        assertEquals(0, terminal.type("understand", "--no-model", "--json", "."));
        assertEquals("{\"scope\":\"here\"}\n", terminal.out);
        assertEquals(0, terminal.type("understand", "--no-model", "--markdown", "."));
        assertEquals("# facts\n", terminal.out);
    }

    @Test
    void theFactsComeBeforeTheExplanation() {
        terminal.model = ScriptedModel.answering(text("It sells things."));
        assertEquals(0, terminal.type("understand", "src"));
        assertTrue(terminal.out.startsWith("facts about Place[path=src]\n"), terminal.out);
        assertTrue(terminal.out.endsWith("It sells things.\n"), terminal.out);
        assertEquals("/elsewhere", terminal.lastFlags.settings().get("WORK_DIR"));
        String prompt =
                terminal.model.requests().getFirst().messages().getFirst().toString();
        assertTrue(prompt.contains("Explain the code in `src`"), prompt);
        assertTrue(prompt.contains("250 tokens of facts about"), prompt);
    }

    @Test
    void jsonHoldsBoth() {
        terminal.model = ScriptedModel.answering(text("It sells things."));
        assertEquals(0, terminal.type("understand", "--json", "src"));
        JsonNode json = JsonMapper.shared().readTree(terminal.out);
        assertEquals("here", json.at("/structure/scope").asString());
        assertEquals("It sells things.", json.at("/explanation/text").asString());
    }

    @Test
    void readsCodeFromStandardInput() {
        terminal.stdin = "def a(): pass";
        assertEquals(0, terminal.type("understand", "--no-model", "--language", "py", "-"));
        assertEquals("facts about Snippet[code=def a(): pass, language=Optional[py]]\n", terminal.out);
    }

    @Test
    void theExitCodeTellsHowTheExplanationWent() {
        terminal.model = ScriptedModel.answering();
        assertFalse(terminal.type("understand", "src") == 0);
        assertEquals(2, terminal.type("understand"));
        assertEquals(2, terminal.type("understand", "--language", "java", "src"));
        assertEquals(2, terminal.type("understand", "--json", "--markdown", "src"));
    }
}
