package dev.fettle.testkit;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.usage.Usage;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Model answers, written the way a test tells its story: `Answers.calls(call("read", …))`, `Answers.text("done")`.
public final class Answers {
    private static final AtomicInteger NEXT_ID = new AtomicInteger(1);
    private static final Usage USAGE = new Usage(100, 0, 0, 10, 0);

    private Answers() {}

    public static ModelResponse text(String text) {
        return of(StopReason.END, new ContentBlock.Text(text));
    }

    public static ModelResponse calls(ToolCall... calls) {
        return of(StopReason.TOOL_CALLS, calls);
    }

    public static ModelResponse of(StopReason stopReason, ContentBlock... content) {
        return new ModelResponse(new Message.Assistant(List.of(content)), stopReason, USAGE);
    }

    /// A call with a fresh id.
    ///
    /// @param arguments JSON text, well-formed or not
    public static ToolCall call(String tool, String arguments) {
        return new ToolCall("call_" + NEXT_ID.getAndIncrement(), tool, arguments);
    }
}
