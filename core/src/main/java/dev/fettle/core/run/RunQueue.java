package dev.fettle.core.run;

import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.Scope;
import dev.fettle.core.session.RunId;
import dev.fettle.core.session.SessionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where runs are asked for and looked after. Workers are served with those of the users in turn, one run of a
/// session at a time. Used by many threads and processes at once. Throws [RunException], and
/// [dev.fettle.core.session.SessionException] of kind `STORAGE`.
public interface RunQueue {

    /// Puts a run of the session's user at the end of the queue.
    ///
    /// @throws RunException of kind `QUEUE_FULL`
    /// @throws dev.fettle.core.session.SessionException of kind `NOT_FOUND` if there is no such session
    Run submit(SessionId session, RunRequest request);

    Optional<Run> find(RunId id);

    /// The newest first.
    List<Run> list(RunFilter filter);

    /// The newest of a session.
    Optional<Run> latest(SessionId session);

    /// Ends a run that no worker has; asks the worker to end it otherwise.
    ///
    /// @throws RunException of kind `CONFLICT` if it has ended
    Run cancel(RunId id);

    /// Answers the question a run waits for.
    ///
    /// @throws RunException of kind `CONFLICT` if it waits for none
    Run answer(RunId id, Answer answer);

    /// What a person says to a question.
    sealed interface Answer {
        record Yes() implements Answer {}

        /// A refusal.
        ///
        /// @param reason what to tell the model
        record No(String reason) implements Answer {}

        /// As the agent is told.
        default Approver.Answer toApproval() {
            return switch (this) {
                case Yes _ -> new Approver.Answer.Yes(Scope.ONCE);
                case No no -> new Approver.Answer.No(no.reason());
            };
        }
    }

    /// How many runs there are in each state that has not ended, by its word.
    Map<String, Long> counts();
}
