package dev.fettle.core.run;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.usage.Price;
import dev.fettle.core.usage.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A run that is one call of a tool, wanted by whoever ordered it. It goes the way of every run, so it is queued,
/// allowed or asked about, carried out in the sandbox, logged and counted like the calls of a model; the model is this:
/// it asks for the call, and once that has been answered, after a crash too, it ends.
///
/// @param arguments JSON text
public record OneCall(String id, String tool, String arguments) implements ModelProvider {
    /// What is put down as the model.
    public static final Model MODEL = new Model(
            "fettle",
            "call",
            1_000_000,
            100,
            Optional.of(new Price(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO)));

    /// What it is called among the settings of a run, where no setting is called so.
    private static final String NAME = "TOOL_CALL";

    /// How a run is told of it: an entry for its settings.
    public static Map.Entry<String, String> setting(String tool, String arguments) {
        return Map.entry(NAME, tool + " " + arguments);
    }

    /// The call that a run is; empty if it is a task for a model.
    public static Optional<OneCall> of(Run run) {
        return Optional.ofNullable(run.request().settings().get(NAME)).map(text -> {
            int end = text.indexOf(' ');
            return new OneCall("call_" + run.id().value(), text.substring(0, end), text.substring(end + 1));
        });
    }

    @Override
    public ModelResponse complete(ModelRequest request, Consumer<Delta> deltas) {
        return hasAsked(request)
                ? answer(StopReason.END, new ContentBlock.Text("The call has been answered."))
                : answer(StopReason.TOOL_CALLS, new ToolCall(id, tool, arguments));
    }

    private boolean hasAsked(ModelRequest request) {
        return request.messages().stream()
                .anyMatch(message -> message instanceof Message.Assistant said
                        && said.calls().stream().anyMatch(call -> call.id().equals(id)));
    }

    private static ModelResponse answer(StopReason reason, ContentBlock block) {
        return new ModelResponse(new Message.Assistant(List.of(block)), reason, Usage.ZERO);
    }
}
