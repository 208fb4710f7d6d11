package dev.fettle.core.model;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.usage.Usage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A whole answer, received to its end.
///
/// @param usage what it took; nothing if it was remembered rather than made
/// @param answeredBy the model that gave it; empty if that is the one of the request
public record ModelResponse(Message.Assistant message, StopReason stopReason, Usage usage, Optional<Model> answeredBy) {

    public ModelResponse(Message.Assistant message, StopReason stopReason, Usage usage) {
        this(message, stopReason, usage, Optional.empty());
    }

    public ModelResponse by(Model model) {
        return new ModelResponse(message, stopReason, usage, Optional.of(model));
    }

    /// The same answer with every call's id unlike the others and unlike those in `taken`: models of some
    /// servers repeat ids, and each call must be answered once.
    public ModelResponse withUniqueCallIds(Set<String> taken) {
        Set<String> used = new HashSet<>(taken);
        List<ContentBlock> blocks = new ArrayList<>();
        for (ContentBlock block : message.content()) {
            blocks.add(block instanceof ToolCall call ? unique(call, used) : block);
        }
        return new ModelResponse(new Message.Assistant(blocks, message.by()), stopReason, usage, answeredBy);
    }

    private static ToolCall unique(ToolCall call, Set<String> used) {
        String id = call.id();
        for (int n = 2; id.isEmpty() || !used.add(id); n++) {
            id = call.id() + "_" + n;
        }
        return new ToolCall(id, call.name(), call.arguments());
    }
}
