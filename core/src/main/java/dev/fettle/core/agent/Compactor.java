package dev.fettle.core.agent;

import dev.fettle.core.context.Compaction;
import dev.fettle.core.message.Message;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.model.TokenEstimate;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.usage.LedgerException;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import java.util.List;
import java.util.Optional;

/// Compacts conversations. The call for the summary is paid together with the event that has it, so a process that dies
/// in between repeats one call at most. Whatever goes wrong with the call, what the log knows is kept without it.
record Compactor(ModelProvider provider) {

    /// Compacts if the next request would fill more of the model's window than it should.
    void ifFull(Turn turn) throws InterruptedException {
        int fullAt = turn.assignment().context().fullAt();
        if (fullAt > 0 && tokens(turn) * 100 >= (long) turn.assignment().model().contextWindow() * fullAt) {
            Optional<Compaction> worthwhile = plan(turn).filter(Compaction::isWorthwhile);
            if (worthwhile.isPresent()) {
                compact(turn, worthwhile.get(), "window", "");
            }
        }
    }

    /// Compacts as far as that makes the conversation shorter.
    ///
    /// @param by who wants it, as in [Event.Compacted]
    /// @param focus what matters most; may be blank
    /// @return whether it is shorter
    boolean compact(Turn turn, String by, String focus) throws InterruptedException {
        Optional<Compaction> plan = plan(turn);
        return plan.isPresent() && compact(turn, plan.get(), by, focus);
    }

    private static Optional<Compaction> plan(Turn turn) {
        return Compaction.of(turn.conversation().messages(), turn.assignment().model());
    }

    /// As the provider counted them last, and an estimate of what has come since.
    private static long tokens(Turn turn) {
        Conversation.Counted counted = turn.conversation().counted();
        if (counted.tokens() == 0) {
            return TokenEstimate.of(turn.request());
        }
        List<Message> messages = turn.conversation().messages();
        return counted.tokens()
                + messages.subList(counted.messages(), messages.size()).stream()
                        .mapToLong(TokenEstimate::of)
                        .sum();
    }

    private boolean compact(Turn turn, Compaction plan, String by, String focus) throws InterruptedException {
        String essentials = plan.essentials(turn.entries());
        if (!plan.isShorter(essentials)) {
            return false;
        }
        var question = plan.question(focus, turn.assignment().temperature());
        try (Purse.Reservation paid = turn.assignment().purse().reserve(turn, question)) {
            ModelResponse answer = provider.complete(paid.request(), paid.counting(_ -> {}));
            Model model = answer.answeredBy().orElse(turn.assignment().model());
            Event compacted = summarised(plan, by, essentials, answer, model.cost(answer.usage()));
            paid.settle(model, answer.usage(), charging -> turn.record(compacted, charging));
        } catch (ModelException | Purse.RefusedException | LedgerException e) {
            turn.record(compacted(plan, by, String.valueOf(e.getMessage()), essentials, Usage.ZERO, Money.ZERO));
        }
        return true;
    }

    private static Event summarised(Compaction plan, String by, String essentials, ModelResponse answer, Money cost) {
        String summary = answer.message().text();
        String text = plan.with(
                essentials,
                answer.stopReason() == StopReason.MAX_TOKENS ? summary + "\n[the summary was cut off here]" : summary);
        String flaw = answer.stopReason() == StopReason.REFUSAL
                ? "the model declined to summarise"
                : summary.isBlank()
                        ? "the model gave an empty summary"
                        : plan.isShorter(text) ? "" : "the summary was no shorter than what it stood for";
        return compacted(plan, by, flaw, flaw.isEmpty() ? text : essentials, answer.usage(), cost);
    }

    private static Event compacted(Compaction plan, String by, String note, String text, Usage usage, Money cost) {
        return new Event.Compacted(by, note, plan.newest(), text, plan.before(), plan.after(text), usage, cost);
    }
}
