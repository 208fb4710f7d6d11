package dev.fettle.server.api.run;

import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunState;
import dev.fettle.core.session.Event;
import dev.fettle.server.json.Form;
import dev.fettle.server.json.TextForm;
import java.time.Instant;
import java.util.Optional;

/// A run as it is shown.
///
/// @param message one sentence for a person; may be empty
/// @param question what it waits for
/// @param result what it has come to, where one run is shown and has ended
public record RunView(
        @Form(TextForm.RUN_ID) String runId,
        @Form(TextForm.SESSION_ID) String sessionId,
        String user,
        @Form(TextForm.RUN_STATUS) String status,
        String message,
        String prompt,
        boolean cancelled,
        int crashes,
        @Form(TextForm.TIME) String createdAt,
        @Form(TextForm.TIME) Optional<String> startedAt,
        @Form(TextForm.TIME) Optional<String> endedAt,
        Optional<Question> question,
        Optional<RunResult> result) {

    /// A question that somebody has to answer.
    ///
    /// @param callId the call that is asked about, as the events name it
    /// @param permission what for, in words
    public record Question(String callId, String permission, String rule, String reason) {}

    public static RunView of(Run run) {
        return of(run, Optional.empty());
    }

    static RunView of(Run run, Optional<RunResult> result) {
        return new RunView(
                run.id().value(),
                run.session().value(),
                run.user(),
                run.state().word(),
                message(run.state()),
                run.request().prompt(),
                run.isCancelled(),
                run.crashes(),
                run.createdAt().toString(),
                run.startedAt().map(Instant::toString),
                run.endedAt().map(Instant::toString),
                run.state() instanceof RunState.Waiting waiting
                        ? Optional.of(question(waiting.question()))
                        : Optional.empty(),
                result);
    }

    private static String message(RunState state) {
        return switch (state) {
            case RunState.Queued _, RunState.Ready _, RunState.Running _ -> "";
            case RunState.Waiting waiting ->
                "It waits for an approval to " + waiting.question().permission().describe();
            case RunState.Ended ended -> ended.message();
        };
    }

    private static Question question(Event.ApprovalAsked asked) {
        return new Question(asked.callId(), asked.permission().describe(), asked.rule(), asked.reason());
    }
}
