package dev.fettle.cli.runs;

import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunState;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A run for programs.
final class RunJson {
    private RunJson() {}

    static ObjectNode of(Run run) {
        ObjectNode json = JsonMapper.shared()
                .createObjectNode()
                .put("run_id", run.id().value())
                .put("session_id", run.session().value())
                .put("user", run.user())
                .put("status", run.state().word())
                .put("message", message(run))
                .put("prompt", run.request().prompt())
                .put("cancelled", run.isCancelled())
                .put("crashes", run.crashes())
                .put("created_at", run.createdAt().toString());
        run.startedAt().map(Instant::toString).ifPresent(at -> json.put("started_at", at));
        run.endedAt().map(Instant::toString).ifPresent(at -> json.put("ended_at", at));
        return json;
    }

    /// What there is to say besides the state; may be empty.
    static String message(Run run) {
        return switch (run.state()) {
            case RunState.Queued _, RunState.Ready _ -> "";
            case RunState.Running running -> "on " + running.worker();
            case RunState.Waiting waiting ->
                "for an approval to " + waiting.question().permission().describe();
            case RunState.Ended ended -> ended.message();
        };
    }
}
