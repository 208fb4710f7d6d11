package dev.fettle.core.model;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.tool.ToolSpec;
import java.util.List;
import java.util.Optional;

/// Everything a model is given for one answer. Each request of a session extends the one before it: same
/// system text, same tools, the same messages and more after them, so that the provider's prompt cache hits.
///
/// @param temperature 0 to 2; empty for the provider's default
public record ModelRequest(
        Model model, String system, List<ToolSpec> tools, List<Message> messages, Optional<Double> temperature) {
    public ModelRequest {
        tools = List.copyOf(tools);
        messages = List.copyOf(messages);
    }

    /// The same request for another model, or for one that finds answers of others in the conversation. Reasoning
    /// of other providers is left out: it is signed or shaped in ways that only its own provider takes back.
    public ModelRequest to(Model other) {
        List<Message> understood = messages.stream()
                .map(message -> message instanceof Message.Assistant said ? understoodBy(other, said) : message)
                .toList();
        return new ModelRequest(other, system, tools, understood, temperature);
    }

    private Message understoodBy(Model other, Message.Assistant said) {
        String author = said.by().isEmpty() ? model.name() : said.by();
        boolean isForeign = !author.startsWith(other.provider() + "/");
        if (!isForeign || said.content().stream().noneMatch(ContentBlock.Reasoning.class::isInstance)) {
            return said;
        }
        return new Message.Assistant(
                said.content().stream()
                        .filter(block -> !(block instanceof ContentBlock.Reasoning))
                        .toList(),
                said.by());
    }
}
