package dev.fettle.core.run;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.turn.HandOver;
import java.util.Optional;

/// Carries runs out, one on each thread that asks. Interrupting the thread cancels the run.
public interface RunCarrier {

    /// Begins the run's turn or goes on with it, as its session's log says.
    ///
    /// @param answered what somebody said to the question that the run waited for
    /// @throws dev.fettle.core.session.SessionException of kind `BUSY` if somebody else has the session still, of
    ///     kind `LOST` if somebody has taken it over
    Progress carry(Run run, Optional<Answered> answered, HandOver handOver);

    /// Ends the run's turn without going on with it, if it has begun.
    void end(Run run, Outcome outcome);

    /// A question and its answer.
    record Answered(Event.ApprovalAsked question, RunQueue.Answer answer) {}

    /// How far a run has come.
    sealed interface Progress {
        record Ended(Outcome outcome) implements Progress {}

        /// It stopped between two steps, as asked.
        record HandedOver() implements Progress {}

        /// It goes on when somebody has answered.
        record Asking(Event.ApprovalAsked question) implements Progress {}
    }
}
