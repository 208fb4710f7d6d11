package dev.fettle.cli;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.model.ModelException;
import dev.fettle.testkit.ScriptedModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ModelsCommandTest {
    private final Terminal terminal = new Terminal();

    @Test
    void listsSizesPricesAndWhatIsMissing() {
        assertEquals(0, terminal.type("models", "list"));
        List<String> lines = terminal.out.lines().toList();
        assertEquals(
                "anthropic/claude                       200,000   32,000        3     0.30       15  set ANTHROPIC_API_KEY",
                lines.get(1));
        assertTrue(lines.get(2).endsWith("?  yes"), terminal.out);
        assertEquals(0, terminal.type("models", "list", "--provider", "ollama", "--json"));
        JsonNode only = JsonMapper.shared().readTree(terminal.out);
        assertEquals(1, only.size());
        assertFalse(only.get(0).has("usd_per_million_tokens"));
    }

    @Test
    void sayWhatWorks() {
        terminal.model = ScriptedModel.answering(calls(call("ready", "{\"word\":\"yes\"}")));
        assertEquals(0, terminal.type("models", "test"));
        assertTrue(terminal.out.startsWith("ok    test/model "), terminal.out);
        assertTrue(terminal.out.contains("streaming: yes, tools: yes, caching: not told"), terminal.out);
        terminal.model = ScriptedModel.answering(text("Ready!"));
        assertEquals(0, terminal.type("models", "test", "--json"));
        assertFalse(
                JsonMapper.shared().readTree(terminal.out).get(0).path("tools").asBoolean());
    }

    @Test
    void sayWhatDoesNotWorkInTheExitCodeToo() {
        terminal.model = new ScriptedModel(List.of(_ -> {
            throw new ModelException(ModelException.Kind.AUTH, "The key is wrong.");
        }));
        assertEquals(3, terminal.type("models", "test"));
        assertTrue(terminal.out.startsWith("FAIL  test/model "), terminal.out);
        assertTrue(terminal.out.contains("The key is wrong."), terminal.out);
        terminal.model = ScriptedModel.answering();
        assertEquals(4, terminal.type("models", "test", "--json"));
        assertEquals(
                "overloaded",
                JsonMapper.shared().readTree(terminal.out).get(0).path("error").asString());
    }
}
