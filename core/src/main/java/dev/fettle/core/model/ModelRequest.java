package dev.fettle.core.model;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Image;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.tool.ToolSpec;
import java.util.List;
import java.util.Optional;

/// Everything a model is given for one answer. Each request of a session extends the one before it: same
/// system text, same tools, the same messages and more after them, so that the provider's prompt cache hits.
///
/// @param temperature 0 to 2; empty for the provider's default
/// @param output what the answer's text must be; empty for free text. See [StructuredAnswer].
public record ModelRequest(
        Model model,
        String system,
        List<ToolSpec> tools,
        List<Message> messages,
        Optional<Double> temperature,
        ToolChoice toolChoice,
        Optional<OutputSchema> output) {
    public ModelRequest {
        tools = List.copyOf(tools);
        messages = List.copyOf(messages);
        boolean isPossible = switch (toolChoice) {
            case ToolChoice.Auto _, ToolChoice.None _ -> true;
            case ToolChoice.Required _ -> !tools.isEmpty();
            case ToolChoice.Named named ->
                tools.stream().anyMatch(tool -> tool.name().equals(named.tool()));
        };
        if (!isPossible) {
            throw new IllegalArgumentException("%s asks for a tool that is not among %s"
                    .formatted(toolChoice, tools.stream().map(ToolSpec::name).toList()));
        }
    }

    /// The request of an agent's turn: the model may call tools, and answers in free text.
    public ModelRequest(
            Model model, String system, List<ToolSpec> tools, List<Message> messages, Optional<Double> temperature) {
        this(model, system, tools, messages, temperature, ToolChoice.AUTO, Optional.empty());
    }

    /// The same request without what the model refuses: images become words for a model that sees none, so that a
    /// session with images can go on with any model; a temperature, a forced tool or an enforced schema is left
    /// out where there is no such thing.
    public ModelRequest asTaken() {
        if (model.quirks().isEmpty()) {
            return this;
        }
        return new ModelRequest(
                model,
                system,
                tools,
                model.has(Quirk.NO_IMAGES)
                        ? messages.stream().map(this::inWords).toList()
                        : messages,
                temperature.filter(_ -> !model.has(Quirk.NO_TEMPERATURE)),
                model.has(Quirk.NO_TOOL_CHOICE) ? ToolChoice.AUTO : toolChoice,
                output.filter(_ -> !model.has(Quirk.NO_OUTPUT_SCHEMA)));
    }

    private Message inWords(Message message) {
        return switch (message) {
            case Message.User user -> new Message.User(inWords(user.text(), user.images()), List.of());
            case Message.Assistant assistant -> assistant;
            case Message.Results results ->
                new Message.Results(results.results().stream()
                        .map(result -> new ToolResult(
                                result.callId(), result.kind(), inWords(result.text(), result.images()), List.of()))
                        .toList());
        };
    }

    private String inWords(String text, List<Image> images) {
        StringBuilder all = new StringBuilder(text);
        for (Image image : images) {
            all.append(all.isEmpty() ? "" : "\n")
                    .append("[An image of type %s was left out: %s does not see images.]"
                            .formatted(image.mediaType(), model.name()));
        }
        return all.toString();
    }

    /// The same request for another model, or for one that finds answers of others in the conversation. Reasoning
    /// of other providers is left out: it is signed or shaped in ways that only its own provider takes back. The
    /// answer stays as short as was asked for.
    public ModelRequest to(Model other) {
        List<Message> understood = messages.stream()
                .map(message -> message instanceof Message.Assistant said ? understoodBy(other, said) : message)
                .toList();
        return new ModelRequest(
                other.withMaxOutputTokens(Math.min(other.maxOutputTokens(), model.maxOutputTokens())),
                system,
                tools,
                understood,
                temperature,
                toolChoice,
                output);
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
