package dev.fettle.core.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.workspace.FilesInMemory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RememberToolTest {
    private final FactsInMemory memory = new FactsInMemory();

    private String run(String text, String about) throws InterruptedException {
        return new RememberTool(memory, "ada")
                .prepare("{\"text\":\"%s\",\"about\":\"%s\"}".formatted(text, about))
                .run(new ToolContext(new FilesInMemory(Map.of()), Map.of(), _ -> {}))
                .text();
    }

    @Test
    void aFactIsAboutTheProjectOrTheUser() throws InterruptedException {
        assertTrue(run("Use tabs.", "project").startsWith("Remembered as fact_0"));
        run("Be brief.", "user");

        assertEquals(
                List.of("ada Optional[/work/here]", "ada " + Optional.empty()),
                memory.facts.stream()
                        .map(fact -> fact.user() + " " + fact.project())
                        .toList());
    }

    @Test
    void whatCannotBeAFactIsSaidToTheModel() {
        assertThrows(ToolException.class, () -> run(" ", "user"));
        assertThrows(ToolException.class, () -> run("Use tabs.", "everybody"));
        assertEquals(List.of(), memory.facts);
    }
}
