package dev.fettle.core.agent;

import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.turn.TurnPausedException;
import dev.fettle.core.usage.Deadline;
import dev.fettle.core.usage.LedgerException;
import dev.fettle.core.usage.Limit;
import dev.fettle.core.usage.Limits;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Asks the model, runs the tools it calls, and repeats until it calls none, a limit is reached, or somebody
/// interrupts the thread. Everything that happens is appended to the session's log before anything follows
/// from it; every call gets exactly one answer, whatever ends the turn.
final class AgentLoop {
    private final ModelProvider provider;
    private final CallRunner calls;
    private final Sorting sorting;
    private final Compactor compactor;
    private final InstantSource clock;

    AgentLoop(ModelProvider provider, Gatekeeper gatekeeper, InstantSource clock) {
        this.provider = provider;
        this.calls = new CallRunner(gatekeeper, clock);
        this.sorting = new Sorting(provider);
        this.compactor = new Compactor(provider);
        this.clock = clock;
    }

    /// Runs the turn that the log's last [Event.UserSaid] began, or goes on with it, and ends it in the log.
    ///
    /// @throws TurnPausedException if it is to go on elsewhere or later
    Outcome run(Turn turn) {
        return run(turn, Optional.empty());
    }

    /// The same.
    ///
    /// @param restored what to tell the model when its open calls have been answered
    Outcome run(Turn turn, Optional<Event.Restored> restored) {
        Outcome outcome;
        try (Deadline deadline = Deadline.after(turn.assignment().limits().time())) {
            try {
                calls.resume(turn);
                restored.ifPresent(turn::record);
                sorting.sort(turn);
                outcome = steps(turn);
            } catch (InterruptedException e) {
                if (turn.isHandedOver()) {
                    throw TurnPausedException.handedOver();
                }
                outcome = deadline.hasPassed() ? outOfTime(turn) : new Outcome.Cancelled();
            } catch (ModelException e) {
                outcome = new Outcome.Failed(cause(e), e.getMessage());
            } catch (Purse.RefusedException e) {
                outcome = new Outcome.LimitReached(Limit.BUDGET, e.getMessage());
            } catch (LedgerException e) {
                outcome = failed(e.getMessage());
            }
        }
        turn.answerOpenCalls(AgentLoop::stopped);
        turn.keepChangedTree();
        return turn.end(outcome);
    }

    private Outcome steps(Turn turn) throws InterruptedException {
        while (true) {
            turn.stopIfHandedOver();
            turn.listen();
            Optional<Outcome> end = Reporting.end(turn).or(() -> limitReached(turn));
            if (end.isPresent()) {
                return end.get();
            }
            ModelResponse answer = askWithinWindow(turn);
            List<ToolCall> wanted = answer.message().calls();
            if (wanted.isEmpty()) {
                Outcome ending = ending(turn, answer);
                if (ending instanceof Outcome.Completed && Reporting.remind(turn)) {
                    continue;
                }
                return Reporting.judged(turn, ending);
            }
            if (answer.stopReason() == StopReason.MAX_TOKENS) {
                turn.answerOpenCalls(AgentLoop::cutOff);
            } else {
                calls.run(turn, wanted);
                turn.instruct();
            }
            switch (LoopGuard.judge(turn.conversation().steps())) {
                case LoopGuard.Verdict.GoOn _ -> {}
                case LoopGuard.Verdict.Tell tell -> turn.record(new Event.Advised(tell.advice()));
                case LoopGuard.Verdict.Stop stop -> {
                    return new Outcome.LoopDetected(stop.message());
                }
            }
        }
    }

    /// Where the provider finds that the conversation does not fit the model's window, older results are
    /// shortened, once a turn; where that does not help, it is compacted.
    private ModelResponse askWithinWindow(Turn turn) throws InterruptedException {
        compactor.ifFull(turn);
        boolean isCompacted = false;
        while (true) {
            try {
                return ask(turn);
            } catch (ModelException e) {
                if (e.kind() != ModelException.Kind.CONTEXT_TOO_LONG || isCompacted) {
                    throw e;
                }
                if (!turn.shorten()) {
                    isCompacted = compactor.compact(turn, "provider", "");
                    if (!isCompacted) {
                        throw e;
                    }
                }
            }
        }
    }

    private ModelResponse ask(Turn turn) throws InterruptedException {
        long begun = clock.millis();
        try (Purse.Reservation paid = turn.assignment().purse().reserve(turn, turn.request())) {
            ModelResponse answer = provider.complete(paid.request(), paid.counting(turn.preview()))
                    .withUniqueCallIds(turn.conversation().callIds());
            Model model = answeredBy(turn, answer);
            Event said = new Event.AssistantSaid(
                    model.name(),
                    answer.message().content(),
                    answer.stopReason(),
                    answer.usage(),
                    model.cost(answer.usage()),
                    Math.max(0, clock.millis() - begun));
            paid.settle(model, answer.usage(), charging -> turn.record(said, charging));
            return answer;
        }
    }

    private static Model answeredBy(Turn turn, ModelResponse answer) {
        return answer.answeredBy().orElse(turn.assignment().model());
    }

    /// What an answer without calls means.
    private static Outcome ending(Turn turn, ModelResponse answer) {
        return switch (answer.stopReason()) {
            case REFUSAL -> failed("The model declined: " + answer.message().text());
            case MAX_TOKENS ->
                failed(("The answer was cut off at the model's output limit of %d tokens, or at what a low budget left "
                                + "of it. Continue the session to go on.")
                        .formatted(answeredBy(turn, answer).maxOutputTokens()));
            case END, TOOL_CALLS -> {
                if (answer.message().text().isBlank()) {
                    yield failed("The model gave an empty answer. Continue the session to try again.");
                }
                int unanswered = turn.conversation().turn().unanswered();
                yield unanswered == 0
                        ? new Outcome.Completed()
                        : new Outcome.Denied(
                                "%d call(s) needed an approval and nobody could be asked; run with --yes to approve."
                                        .formatted(unanswered));
            }
        };
    }

    private static Optional<Outcome> limitReached(Turn turn) {
        Limits limits = turn.assignment().limits();
        Conversation.TurnTotals totals = turn.conversation().turn();
        if (totals.steps() >= limits.steps()) {
            return Optional.of(new Outcome.LimitReached(
                    Limit.STEPS,
                    "Stopped at the limit of %d step(s) (--max-steps). Continue the session to go on."
                            .formatted(totals.steps())));
        }
        if (limits.isSpent(totals.usage(), totals.cost())) {
            return Optional.of(new Outcome.LimitReached(
                    Limit.BUDGET,
                    "Stopped after spending %s and %d tokens, at the limit (--max-cost, --max-tokens)."
                            .formatted(totals.cost().display(), totals.usage().total())));
        }
        return turn.assignment().workspace().obstacle().map(AgentLoop::failed);
    }

    private static Outcome outOfTime(Turn turn) {
        return new Outcome.LimitReached(
                Limit.TIME,
                "Stopped after %d s, the limit (--max-time). Continue the session to go on."
                        .formatted(turn.assignment().limits().time().toSeconds()));
    }

    private static ToolResult cutOff(Conversation.OpenCall open) {
        return ToolResult.error(
                open.call().id(),
                "Not run: your answer was cut off at the output limit, so these arguments may be incomplete. "
                        + "Send smaller calls, one at a time.");
    }

    private static ToolResult stopped(Conversation.OpenCall open) {
        return ToolResult.cancelled(
                open.call().id(),
                open.started().isPresent()
                        ? "Stopped while it ran; it may have had some effect."
                        : "Not run: the turn was stopped.");
    }

    private static Outcome failed(String message) {
        return new Outcome.Failed(Outcome.Cause.OTHER, message);
    }

    private static Outcome.Cause cause(ModelException e) {
        return switch (e.kind()) {
            case AUTH -> Outcome.Cause.AUTH;
            case RATE_LIMITED, OVERLOADED, NETWORK -> Outcome.Cause.PROVIDER_UNAVAILABLE;
            case CONTEXT_TOO_LONG, INVALID_REQUEST -> Outcome.Cause.OTHER;
        };
    }
}
