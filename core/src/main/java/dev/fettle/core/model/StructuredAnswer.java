package dev.fettle.core.model;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.usage.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks a model for one JSON value that fits a schema, and checks what comes. Where an API can enforce the schema it
/// is asked to; since not all can, and an answer may be cut off, the model is told of it too and the answer is
/// validated in any case. One that does not fit is sent back once, with what is wrong with it.
public final class StructuredAnswer {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int MOST_ERRORS = 10;

    private final ModelProvider provider;

    /// What came of asking.
    public sealed interface Result {
        /// Of both rounds, where there were two.
        Usage usage();

        record Fits(JsonNode value, Usage usage) implements Result {}

        /// There is no value.
        ///
        /// @param why for a person, with what to do about it
        record Unusable(String why, Usage usage) implements Result {}
    }

    private sealed interface Verdict {
        record Good(JsonNode value) implements Verdict {}

        record Bad(String complaint) implements Verdict {}
    }

    public StructuredAnswer(ModelProvider provider) {
        this.provider = provider;
    }

    /// Asks, and asks again if need be. The request's tools stay, because the API may want those that its history
    /// calls, but none is called.
    ///
    /// @param request has an [OutputSchema]
    /// @throws InterruptedException when the calling thread is interrupted
    /// @throws ModelException when there is no answer at all
    public Result ask(ModelRequest request) throws InterruptedException {
        OutputSchema output = request.output()
                .orElseThrow(() -> new IllegalArgumentException("A structured answer needs an OutputSchema"));
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(output.schema(), InputFormat.JSON);

        ModelResponse first = provider.complete(told(request, output, request.messages()), _ -> {});
        if (first.stopReason() == StopReason.REFUSAL) {
            return declined(first, first.usage());
        }
        switch (verdict(first, schema)) {
            case Verdict.Good good -> {
                return new Result.Fits(good.value(), first.usage());
            }
            case Verdict.Bad bad -> {
                return repaired(request, output, schema, first, bad.complaint());
            }
        }
    }

    private Result repaired(
            ModelRequest request, OutputSchema output, Schema schema, ModelResponse first, String complaint)
            throws InterruptedException {
        List<Message> messages = new ArrayList<>(request.messages());
        messages.add(withoutCalls(first.message()));
        messages.add(
                new Message.User(complaint + " Answer again, with the whole JSON value and nothing else.", List.of()));

        ModelResponse second = provider.complete(told(request, output, messages), _ -> {});

        Usage usage = first.usage().plus(second.usage());
        if (second.stopReason() == StopReason.REFUSAL) {
            return declined(second, usage);
        }
        return switch (verdict(second, schema)) {
            case Verdict.Good good -> new Result.Fits(good.value(), usage);
            case Verdict.Bad bad ->
                new Result.Unusable(
                        "%s gave no `%s` in two attempts. %s Try a simpler schema or a stronger model."
                                .formatted(request.model().name(), output.name(), bad.complaint()),
                        usage);
        };
    }

    private static Result declined(ModelResponse answer, Usage usage) {
        return new Result.Unusable("The model declined: " + answer.message().text(), usage);
    }

    private static ModelRequest told(ModelRequest request, OutputSchema output, List<Message> messages) {
        String system = "%s\n\nAnswer with one JSON value that fits this JSON Schema, and with nothing else:\n%s"
                .formatted(request.system(), output.schema())
                .strip();
        ToolChoice choice = request.tools().isEmpty() ? ToolChoice.AUTO : new ToolChoice.None();
        return new ModelRequest(
                request.model(), system, request.tools(), messages, request.temperature(), choice, request.output());
    }

    /// A call would want a result.
    private static Message.Assistant withoutCalls(Message.Assistant message) {
        List<ContentBlock> content = message.content().stream()
                .filter(block -> !(block instanceof ToolCall))
                .toList();
        return new Message.Assistant(content);
    }

    private static Verdict verdict(ModelResponse answer, Schema schema) {
        String text = withoutFence(answer.message().text().strip());
        JsonNode value;
        try {
            value = MAPPER.readTree(text);
        } catch (JacksonException e) {
            return answer.stopReason() == StopReason.MAX_TOKENS
                    ? new Verdict.Bad("The answer was cut off at the limit of its length.")
                    : new Verdict.Bad("The answer is not JSON: %s.".formatted(e.getOriginalMessage()));
        }
        if (value.isMissingNode()) {
            return new Verdict.Bad("The answer is empty.");
        }
        List<Error> errors = schema.validate(value);
        return errors.isEmpty() ? new Verdict.Good(value) : new Verdict.Bad(complaint(errors));
    }

    private static String complaint(List<Error> errors) {
        String listed = errors.stream()
                .limit(MOST_ERRORS)
                .map(error -> "%s: %s".formatted(place(error), error.getMessage()))
                .collect(Collectors.joining("; "));
        String more = errors.size() > MOST_ERRORS ? "; and %d more".formatted(errors.size() - MOST_ERRORS) : "";
        return "The answer does not fit the schema: %s%s.".formatted(listed, more);
    }

    private static String place(Error error) {
        String path = error.getInstanceLocation().toString();
        return path.isEmpty() ? "the value" : path;
    }

    /// Models that only know of the schema from the prompt like to wrap their answer in a block of Markdown.
    private static String withoutFence(String text) {
        if (!text.startsWith("```") || !text.endsWith("```") || text.length() < 6) {
            return text;
        }
        int line = text.indexOf('\n');
        return line < 0 ? text : text.substring(line + 1, text.length() - 3);
    }
}
