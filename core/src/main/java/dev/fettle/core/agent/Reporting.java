package dev.fettle.core.agent;

import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.tool.Report;
import dev.fettle.core.workflow.Workflow;
import java.util.Optional;

/// When a turn that follows a workflow has ended: with an accepted report; with one that still fails after some rounds
/// of repair; without one, if the model leaves it out although it was reminded. What it is decided by is all in the
/// log, so another process decides the same.
final class Reporting {
    private static final int MOST_REPAIRS = 3;

    private Reporting() {}

    /// How the turn has ended by its reports; empty if it goes on.
    static Optional<Outcome> end(Turn turn) {
        Conversation conversation = turn.conversation();
        return conversation
                .report()
                .flatMap(last -> last.accepted()
                        ? Optional.of(new Outcome.Completed())
                        : conversation.reports().size() > MOST_REPAIRS
                                ? Optional.of(unproven("%d rounds of repair".formatted(MOST_REPAIRS)))
                                : Optional.empty());
    }

    /// Reminds a model of its report that would end without one, once.
    ///
    /// @return whether it is asked again
    static boolean remind(Turn turn) {
        Conversation conversation = turn.conversation();
        Workflow workflow = conversation.workflow().orElse(Workflow.GENERAL);
        long endings = conversation.steps().stream()
                .filter(step -> step.calls().isEmpty())
                .count();
        if (workflow.report().isEmpty() || endings > 1) {
            return false;
        }
        turn.record(
                new Event.Directed(
                        workflow,
                        "reminder",
                        "it ended without its report",
                        "You have not called `report` with a result that was accepted. Call it, or say why it cannot be done."));
        return true;
    }

    /// What an end without an accepted report amounts to: the work failed what proves it, or the words are all there
    /// is, as of a general task.
    static Outcome judged(Turn turn, Outcome ending) {
        Conversation conversation = turn.conversation();
        Optional<Report> report = conversation.report();
        if (!(ending instanceof Outcome.Completed)
                || conversation.workflow().flatMap(Workflow::report).isEmpty()) {
            return ending;
        }
        if (report.isPresent()) {
            return unproven("the model gave up");
        }
        turn.record(new Event.Directed(
                Workflow.GENERAL, "fallback", "it gave no report, so its words stand as the answer", ""));
        return ending;
    }

    private static Outcome unproven(String when) {
        return new Outcome.Failed(
                Outcome.Cause.OTHER,
                "The result still failed its validation after %s. The work so far is kept; continue the session to go on."
                        .formatted(when));
    }
}
