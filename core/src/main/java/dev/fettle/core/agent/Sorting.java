package dev.fettle.core.agent;

import dev.fettle.core.message.Message;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.OutputSchema;
import dev.fettle.core.model.ToolChoice;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import dev.fettle.core.workflow.Intent;
import dev.fettle.core.workflow.Workflow;
import java.util.List;
import java.util.Optional;

/// Finds out what a request in free words is for, by one small call that has neither tools nor history. Whatever goes
/// wrong with it, the turn goes on as a general one: an answer is worth more than its label.
final class Sorting {
    private static final int MOST_OUTPUT = 1_000;
    /// What a request is for is said at its beginning or its end.
    private static final int MOST_TEXT = 8_000;

    private final ModelProvider provider;

    Sorting(ModelProvider provider) {
        this.provider = provider;
    }

    /// Decides what the turn is for, unless that is decided, or not wanted, or the model is at work already.
    void sort(Turn turn) throws InterruptedException {
        Conversation conversation = turn.conversation();
        if (!turn.assignment().classifies()
                || conversation.workflow().isPresent()
                || conversation.turn().steps() > 0) {
            return;
        }
        try (Purse.Reservation paid = turn.assignment().purse().reserve(turn, request(turn))) {
            ModelResponse answer = provider.complete(paid.request(), paid.counting(_ -> {}));
            Model model = answer.answeredBy().orElse(turn.assignment().model());
            Event decided = decided(answer, model.cost(answer.usage()));
            paid.settle(model, answer.usage(), charging -> turn.record(decided, charging));
        } catch (ModelException e) {
            turn.record(new Event.Directed(
                    Workflow.GENERAL, "fallback", "the request could not be sorted: " + e.getMessage(), ""));
        }
    }

    private static ModelRequest request(Turn turn) {
        Model model = turn.assignment().model();
        return new ModelRequest(
                model.withMaxOutputTokens(Math.min(model.maxOutputTokens(), MOST_OUTPUT)),
                Intent.question(),
                List.of(),
                List.of(new Message.User(bounded(turn.conversation().said()), List.of())),
                turn.assignment().temperature(),
                ToolChoice.AUTO,
                Optional.of(new OutputSchema("intent", Intent.SCHEMA)));
    }

    private static String bounded(String text) {
        int half = MOST_TEXT / 2;
        return text.length() <= MOST_TEXT
                ? text
                : "%s\n[%d characters left out]\n%s"
                        .formatted(
                                text.substring(0, half),
                                text.length() - MOST_TEXT,
                                text.substring(text.length() - half));
    }

    private static Event decided(ModelResponse answer, Money cost) {
        Usage usage = answer.usage();
        Optional<Intent> intent = Intent.read(answer.message().text());
        return intent.map(each -> new Event.Directed(
                        each.workflow(), "model", each.task(), each.workflow().instructions(), intent, usage, cost))
                .orElseGet(() -> new Event.Directed(
                        Workflow.GENERAL,
                        "fallback",
                        "the model gave no classification that can be read",
                        "",
                        Optional.empty(),
                        usage,
                        cost));
    }
}
