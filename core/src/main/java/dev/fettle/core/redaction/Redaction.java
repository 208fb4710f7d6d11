package dev.fettle.core.redaction;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.secret.SecretFinder;
import dev.fettle.core.secret.SecretVault;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventJson;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.tool.Report;
import java.util.Optional;

/// Takes the secrets out of events. What comes from the world and from people is searched for everything that
/// looks like a secret; what a model wrote only for values that are known, for it has seen no others.
public record Redaction(SecretVault vault, Conversation conversation) {

    /// The event as it may be kept.
    public Event of(Event event) {
        return switch (event) {
            case Event.SessionStarted started ->
                new Event.SessionStarted(started.workspace(), vault.redact(started.instructions(), false));
            case Event.UserSaid said -> new Event.UserSaid(vault.redact(said.text(), false), said.images(), said.run());
            case Event.AssistantSaid said ->
                new Event.AssistantSaid(
                        said.model(),
                        said.content().stream()
                                .flatMap(block -> block(block).stream())
                                .toList(),
                        said.stopReason(),
                        said.usage(),
                        said.cost(),
                        said.durationMs());
            case Event.ApprovalAsked asked -> known(asked);
            case Event.PermissionDecided decided -> known(decided);
            case Event.ToolFinished finished ->
                new Event.ToolFinished(
                        result(finished),
                        finished.seen(),
                        finished.durationMs(),
                        finished.report().map(this::report),
                        finished.spending());
            case Event.TurnEnded ended -> new Event.TurnEnded(of(ended.outcome()));
            case Event.ToolStarted started -> started;
            case Event.SecretSeen seen -> seen;
            case Event.Advised advised -> new Event.Advised(vault.redactKnown(advised.text()));
            case Event.Shortened shortened -> shortened;
            case Event.Directed directed -> known(directed);
            case Event.Informed informed ->
                new Event.Informed(informed.part(), informed.about(), vault.redact(informed.text(), false));
            case Event.Compacted compacted -> known(compacted);
            case Event.TreeKept kept -> known(kept);
            case Event.Restored restored ->
                new Event.Restored(
                        restored.missing().stream().map(vault::redactKnown).toList());
        };
    }

    /// Reasoning that names a secret is left out: its provider has signed it, so it cannot be changed.
    private Optional<ContentBlock> block(ContentBlock block) {
        return switch (block) {
            case ContentBlock.Text text -> Optional.of(new ContentBlock.Text(vault.redactKnown(text.text())));
            case ContentBlock.Reasoning reasoning ->
                isClean(reasoning.verbatim()) && isClean(reasoning.text()) ? Optional.of(reasoning) : Optional.empty();
            case ToolCall call ->
                Optional.of(new ToolCall(call.id(), call.name(), vault.redactKnown(call.arguments())));
        };
    }

    private boolean isClean(String text) {
        return vault.redactKnown(text).equals(text);
    }

    /// By way of its JSON, so that no variant of permission is forgotten.
    private Event known(Event event) {
        String json = EventJson.write(event);
        String redacted = vault.redactKnown(json);
        return redacted.equals(json) ? event : EventJson.read(redacted);
    }

    private ToolResult result(Event.ToolFinished finished) {
        ToolResult result = finished.result();
        return new ToolResult(
                result.callId(), result.kind(), vault.redact(result.text(), isAboutEnvFile(finished)), result.images());
    }

    /// Files are searched like anything from the world.
    private Report report(Report report) {
        return new Report(
                report.workflow(),
                report.accepted(),
                vault.redact(report.summary(), false),
                vault.redact(report.stages(), false));
    }

    private boolean isAboutEnvFile(Event.ToolFinished finished) {
        return finished.seen().keySet().stream().anyMatch(path -> SecretFinder.namesEnvFile("/" + path))
                || conversation.openCalls().stream()
                        .map(Conversation.OpenCall::call)
                        .filter(call -> call.id().equals(finished.result().callId()))
                        .anyMatch(call -> SecretFinder.namesEnvFile(call.arguments()));
    }

    /// The same of an outcome.
    public Outcome of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed completed -> completed;
            case Outcome.Cancelled cancelled -> cancelled;
            case Outcome.LimitReached reached -> new Outcome.LimitReached(reached.limit(), words(reached));
            case Outcome.LoopDetected loop -> new Outcome.LoopDetected(words(loop));
            case Outcome.Denied denied -> new Outcome.Denied(words(denied));
            case Outcome.Failed failed -> new Outcome.Failed(failed.cause(), words(failed));
        };
    }

    private String words(Outcome outcome) {
        return vault.redact(outcome.message(), false);
    }
}
