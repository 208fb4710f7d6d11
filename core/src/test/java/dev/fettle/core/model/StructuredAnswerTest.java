package dev.fettle.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.tool.ToolSpec;
import dev.fettle.core.usage.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StructuredAnswerTest {
    private static final Model MODEL = new Model("fake", "fake-1", 1_000, 100, Optional.empty());
    private static final ToolSpec READ = new ToolSpec("read", "Reads.", "{\"type\":\"object\"}");
    private static final Message.User ASKED = new Message.User("Which?", List.of());
    private static final Usage ROUND = new Usage(10, 0, 0, 2, 0);
    private static final OutputSchema SCHEMA = new OutputSchema("verdict", """
            {"type":"object","properties":{"word":{"enum":["yes","no"]},"files":{"type":"array","items":{"type":"string"}}},\
            "required":["word"],"additionalProperties":false}""");

    private final List<ModelRequest> requests = new ArrayList<>();

    @Test
    void anAnswerThatFitsIsTakenAsItIs() throws Exception {
        StructuredAnswer.Result result = ask(said("{\"word\":\"yes\",\"files\":[\"a\"]}"));

        StructuredAnswer.Result.Fits fits = assertInstanceOf(StructuredAnswer.Result.Fits.class, result);
        assertEquals("a", fits.value().at("/files/0").asString());
        assertEquals(ROUND, fits.usage());
        assertEquals(1, requests.size());
        assertTrue(requests.getFirst().system().startsWith("Judge.\n\nAnswer with one JSON value"));
        assertEquals(new ToolChoice.None(), requests.getFirst().toolChoice());
        assertEquals(Optional.of(SCHEMA), requests.getFirst().output());
    }

    @Test
    void aBlockOfMarkdownIsUnwrapped() throws Exception {
        assertInstanceOf(StructuredAnswer.Result.Fits.class, ask(said("```json\n{\"word\":\"no\"}\n```")));
    }

    @Test
    void whatDoesNotFitIsSentBackOnceWithWhatIsWrong() throws Exception {
        StructuredAnswer.Result result = ask(said("{\"word\":\"maybe\",\"x\":1}"), said("{\"word\":\"no\"}"));

        assertEquals(
                ROUND.plus(ROUND),
                assertInstanceOf(StructuredAnswer.Result.Fits.class, result).usage());
        List<Message> repair = requests.getLast().messages();
        assertEquals(List.of(ASKED, said("{\"word\":\"maybe\",\"x\":1}").message()), repair.subList(0, 2));
        String complaint =
                assertInstanceOf(Message.User.class, repair.getLast()).text();
        assertTrue(complaint.contains("/word") && complaint.contains("'x'"), complaint);
    }

    @Test
    void eachWayToMissHasItsComplaint() throws Exception {
        assertEquals("The answer is empty.", complaintOf(said("")));
        assertTrue(complaintOf(said("Yes!")).startsWith("The answer is not JSON: "));
        assertTrue(complaintOf(said("{\"word\":\"yes\"} and more")).startsWith("The answer is not JSON: "));
        assertTrue(complaintOf(said("[]")).startsWith("The answer does not fit the schema: the value: "));
        assertEquals(
                "The answer was cut off at the limit of its length.",
                complaintOf(answer(StopReason.MAX_TOKENS, new ContentBlock.Text("{\"word\":"))));
    }

    @Test
    void callsAreNotSentBackBecauseTheyWouldWantAResult() throws Exception {
        ask(
                answer(StopReason.TOOL_CALLS, new ContentBlock.Text("Hm"), new ToolCall("c", "read", "{}")),
                said("{\"word\":\"no\"}"));

        assertEquals(
                new Message.Assistant(List.of(new ContentBlock.Text("Hm"))),
                requests.getLast().messages().get(1));
    }

    @Test
    void aRefusalIsNotArguedWith() throws Exception {
        ModelResponse refusal = answer(StopReason.REFUSAL, new ContentBlock.Text("I will not."));
        assertEquals(new StructuredAnswer.Result.Unusable("The model declined: I will not.", ROUND), ask(refusal));
        assertEquals(1, requests.size());
        assertEquals(
                new StructuredAnswer.Result.Unusable("The model declined: I will not.", ROUND.plus(ROUND)),
                ask(said("[]"), refusal));
    }

    @Test
    void aRequestCannotAskForAToolThatItDoesNotHave() {
        for (ToolChoice choice : List.of(new ToolChoice.Named("write"), new ToolChoice.Named(""))) {
            assertThrows(IllegalArgumentException.class, () -> request(List.of(READ), choice));
        }
        assertThrows(IllegalArgumentException.class, () -> request(List.of(), new ToolChoice.Required()));
        assertEquals(
                new ToolChoice.Named("read"),
                request(List.of(READ), new ToolChoice.Named("read")).toolChoice());
        assertThrows(IllegalArgumentException.class, () -> new OutputSchema("my schema", "{}"));
    }

    /// What the model is told of its first answer, in the message that asks for another.
    private String complaintOf(ModelResponse first) throws InterruptedException {
        StructuredAnswer.Result.Unusable unusable =
                assertInstanceOf(StructuredAnswer.Result.Unusable.class, ask(first, said("still nothing")));
        assertTrue(unusable.why().startsWith("fake/fake-1 gave no `verdict` in two attempts. "), unusable.why());
        String repair = ((Message.User) requests.getLast().messages().getLast()).text();
        assertFalse(repair.isEmpty());
        return repair.substring(0, repair.indexOf(" Answer again, "));
    }

    private StructuredAnswer.Result ask(ModelResponse... answers) throws InterruptedException {
        requests.clear();
        StructuredAnswer structured = new StructuredAnswer((request, _) -> {
            requests.add(request);
            return answers[requests.size() - 1];
        });
        return structured.ask(request(List.of(READ), ToolChoice.AUTO));
    }

    private static ModelRequest request(List<ToolSpec> tools, ToolChoice choice) {
        return new ModelRequest(MODEL, "Judge.", tools, List.of(ASKED), Optional.empty(), choice, Optional.of(SCHEMA));
    }

    private static ModelResponse said(String text) {
        return answer(StopReason.END, new ContentBlock.Text(text));
    }

    private static ModelResponse answer(StopReason reason, ContentBlock... content) {
        return new ModelResponse(new Message.Assistant(List.of(content)), reason, ROUND);
    }
}
