package dev.fettle.cli.models;

import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.ToolChoice;
import dev.fettle.core.tool.ToolSpec;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// One tiny call to a model, and what it shows.
sealed interface Trial {
    Model model();

    /// It answered.
    ///
    /// @param isStreaming whether something of the answer arrived before all of it
    /// @param callsTools whether it called the tool it was asked to call
    record Answered(Model model, Duration time, boolean isStreaming, boolean callsTools, Usage usage, Money cost)
            implements Trial {

        /// Whether the provider told of a prompt cache. So short a prompt is seldom cached.
        boolean tellsOfCache() {
            return usage.cacheReadTokens() + usage.cacheWriteTokens() > 0;
        }
    }

    record Failed(Model model, ModelException.Kind kind, String message) implements Trial {}

    /// Reasoning counts as output, so a little room is needed even for one call.
    int MOST_OUTPUT = 1_024;

    ToolSpec TOOL = new ToolSpec("ready", "Says that you are ready.", """
            {"type":"object","properties":{"word":{"type":"string"}},"required":["word"],"additionalProperties":false}""");

    static Trial of(Model model, ModelProvider provider) throws InterruptedException {
        List<Delta> deltas = Collections.synchronizedList(new ArrayList<>());
        ModelRequest request = new ModelRequest(
                model.withMaxOutputTokens(Math.min(MOST_OUTPUT, model.maxOutputTokens())),
                "You are being tested.",
                List.of(TOOL),
                List.of(new Message.User("Call the tool `ready` with the word `yes`.", List.of())),
                Optional.empty(),
                new ToolChoice.Named(TOOL.name()),
                Optional.empty());
        long begun = System.nanoTime();
        try {
            ModelResponse response = provider.complete(request, deltas::add);
            return new Answered(
                    model,
                    Duration.ofNanos(System.nanoTime() - begun),
                    deltas.stream().anyMatch(Trial::isShown),
                    response.message().calls().stream().anyMatch(Trial::isSound),
                    response.usage(),
                    model.cost(response.usage()));
        } catch (ModelException e) {
            return new Failed(model, e.kind(), e.getMessage());
        }
    }

    private static boolean isShown(Delta delta) {
        return switch (delta) {
            case Delta.Text _, Delta.CallBegun _ -> true;
            case Delta.Reasoning reasoning -> !reasoning.text().isEmpty();
            case Delta.ToolOutput _, Delta.Discarded _, Delta.Waiting _, Delta.Switched _ -> false;
        };
    }

    private static boolean isSound(ToolCall call) {
        return call.name().equals(TOOL.name()) && call.arguments().contains("\"word\"");
    }
}
