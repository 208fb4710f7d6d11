package dev.fettle.server.api.run;

import dev.fettle.core.run.Run;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.tool.Report;
import dev.fettle.server.json.Form;
import dev.fettle.server.json.TextForm;
import dev.fettle.server.json.WireJson;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a run has come to.
///
/// @param text the last thing the model said in it
/// @param cost in US dollars
/// @param report what its workflow has come to, stage by stage; missing if it had none, or has not reported
public record RunResult(
        String text,
        int steps,
        long tokens,
        @Form(TextForm.MONEY) String cost,
        Optional<JsonNode> report) {

    public static RunResult of(Run run, SessionStore sessions) {
        return of(RunSpan.of(run, sessions));
    }

    static RunResult of(List<LogEntry> events) {
        Conversation turn = Conversation.of(events);
        Conversation.TurnTotals totals = turn.turn();
        return new RunResult(
                turn.lastText(),
                totals.steps(),
                totals.usage().total(),
                totals.cost().toString(),
                turn.report().map(Report::stages).map(WireJson::own));
    }
}
