package dev.fettle.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MessageTest {
    private static final ToolCall READ = new ToolCall("call_1", "read", "{}");
    private static final ToolCall LIST = new ToolCall("call_2", "ls", "{}");

    @Test
    void anAnswerKnowsItsCallsAndItsWords() {
        Message.Assistant answer = new Message.Assistant(List.of(
                new ContentBlock.Reasoning("hidden", "anthropic", "{}"),
                new ContentBlock.Text("Let me "),
                READ,
                new ContentBlock.Text("look."),
                LIST));

        assertEquals(List.of(READ, LIST), answer.calls());
        assertEquals("Let me look.", answer.text());
    }

    @Test
    void aMessageDoesNotChangeWithTheListItWasMadeOf() {
        List<ContentBlock> blocks = new ArrayList<>(List.of(READ));
        List<ToolResult> results = new ArrayList<>(List.of(ToolResult.ok("call_1", "text")));
        Message.Assistant answer = new Message.Assistant(blocks);
        Message.Results answered = new Message.Results(results);

        blocks.clear();
        results.clear();

        assertEquals(new Message.Assistant(List.of(READ)), answer);
        assertEquals(new Message.Results(List.of(ToolResult.ok("call_1", "text"))), answered);
    }

    @Test
    void everyResultButOkIsAnError() {
        assertFalse(ToolResult.ok("c", "t").isError());
        assertEquals(
                List.of(
                        ToolResult.Kind.ERROR,
                        ToolResult.Kind.DENIED,
                        ToolResult.Kind.CANCELLED,
                        ToolResult.Kind.UNKNOWN),
                Stream.of(
                                ToolResult.error("c", "t"),
                                ToolResult.denied("c", "t"),
                                ToolResult.cancelled("c", "t"),
                                ToolResult.unknown("c", "t"))
                        .filter(ToolResult::isError)
                        .map(ToolResult::kind)
                        .toList());
    }

    @Test
    void onlyPicturesThatModelsReadAreImages() {
        assertEquals("image/webp", new Image("image/webp", "aGk=").mediaType());
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new Image("image/bmp", "aGk="));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith("No model reads images of type `image/bmp`;"));
    }

    @Test
    void anImageIsBoundedAndSaysHow() {
        String most = Base64.getEncoder().encodeToString(new byte[Image.MOST_BYTES]);
        assertEquals(most, new Image("image/png", most).base64());
        String more = Base64.getEncoder().encodeToString(new byte[Image.MOST_BYTES + 1]);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new Image("image/png", more));
        assertEquals(
                "The image has 5,242,881 bytes and models read at most 5,242,880; make a smaller copy",
                refused.getMessage());
    }
}
