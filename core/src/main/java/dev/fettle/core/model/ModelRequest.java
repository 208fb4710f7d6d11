package dev.fettle.core.model;

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

    /// The same request to another model; the answer stays as short as was asked for.
    public ModelRequest to(Model other) {
        return new ModelRequest(
                other.withMaxOutputTokens(Math.min(other.maxOutputTokens(), model.maxOutputTokens())),
                system,
                tools,
                messages,
                temperature);
    }
}
