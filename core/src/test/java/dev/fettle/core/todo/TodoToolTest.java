package dev.fettle.core.todo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.workspace.FilesInMemory;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TodoToolTest {
    private static final String LIST = """
            {"todos": [{"text": "find the cause", "state": "done"}, {"text": "mend it", "state": "in_progress"}, \
            {"text": "run the tests", "state": "open"}]}""";

    private static String run(String arguments) throws InterruptedException {
        return new TodoTool()
                .prepare(arguments)
                .run(new ToolContext(new FilesInMemory(Map.of()), Map.of(), _ -> {}))
                .text();
    }

    @Test
    void theListIsShownWithWhatIsDone() throws InterruptedException {
        assertEquals("[x] find the cause\n[~] mend it\n[ ] run the tests", run(LIST));
        assertEquals("The list is empty.", run("{\"todos\": []}"));
    }

    @Test
    void theListOfACallIsReadFromItsArguments() {
        assertEquals(
                Optional.of(List.of(
                        new Todo("find the cause", Todo.State.DONE),
                        new Todo("mend it", Todo.State.IN_PROGRESS),
                        new Todo("run the tests", Todo.State.OPEN))),
                TodoTool.list(LIST));
        assertEquals(Optional.empty(), TodoTool.list("{\"what\": 1}"));
    }

    @Test
    void aListThatIsTooLongIsRefused() {
        String item = "{\"text\": \"%s\", \"state\": \"open\"}";
        String many = "{\"todos\": [%s]}".formatted(String.join(",", Collections.nCopies(41, item)));
        assertThrows(ToolException.class, () -> run(many.replace("%s", "a")));
        ToolException tooLong = assertThrows(
                ToolException.class, () -> run("{\"todos\": [%s]}".formatted(item.formatted("a".repeat(301)))));
        assertTrue(String.valueOf(tooLong.getMessage()).contains("301"), tooLong.getMessage());
    }
}
