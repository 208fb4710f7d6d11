package dev.fettle.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.session.RunId;
import dev.fettle.core.session.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OneCallTest {
    private static final RunId ID = new RunId("run_" + "1".repeat(32));

    private static Run run(Map<String, String> settings) {
        return new Run(
                ID,
                new SessionId("ses_" + "2".repeat(32)),
                "ann",
                new RunRequest("One call.", List.of(), settings, false),
                new RunState.Queued(),
                0,
                false,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty());
    }

    private static List<ContentBlock> said(OneCall call, Message... messages) {
        return call.complete(
                        new ModelRequest(OneCall.MODEL, "", List.of(), List.of(messages), Optional.empty()), _ -> {})
                .message()
                .content();
    }

    @Test
    void aRunSaysWhetherItIsOneCall() {
        Map.Entry<String, String> setting = OneCall.setting("read", "{\"path\": \"a b\"}");
        assertEquals(
                Optional.of(new OneCall("call_" + ID, "read", "{\"path\": \"a b\"}")),
                OneCall.of(run(Map.ofEntries(setting))));
        assertEquals(Optional.empty(), OneCall.of(run(Map.of("LLM_MODEL", "m"))));
    }

    @Test
    void theCallIsAskedForOnceWhateverIsSaidAfterIt() {
        OneCall call = new OneCall("call_1", "read", "{}");
        ToolCall asked = new ToolCall("call_1", "read", "{}");
        Message user = new Message.User("One call.", List.of());
        Message other = new Message.Assistant(List.of(new ToolCall("call_0", "read", "{}")));
        Message answered = new Message.Results(List.of(ToolResult.ok("call_0", "")));
        assertEquals(List.of(asked), said(call, user));
        assertEquals(List.of(asked), said(call, user, other, answered, user));
        assertEquals(
                List.of(new ContentBlock.Text("The call has been answered.")),
                said(
                        call,
                        user,
                        new Message.Assistant(List.of(asked)),
                        new Message.Results(List.of(ToolResult.unknown("call_1", "In doubt."))),
                        new Message.User("The tree was restored.", List.of())));
    }
}
