package dev.fettle.server.api.chat;

import dev.fettle.core.message.Message;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.server.json.Form;
import dev.fettle.server.json.TextForm;
import java.util.List;
import java.util.Optional;

/// What was said in a session, by people and the model, without what the model did in between.
final class Turns {
    private Turns() {}

    /// @param role `user` or `assistant`
    record Said(
            @Form(TextForm.SPEAKER) String role,
            String content,
            @Form(TextForm.TIME) String at) {}

    static List<Said> of(List<LogEntry> log) {
        return log.stream().flatMap(entry -> said(entry).stream()).toList();
    }

    private static Optional<Said> said(LogEntry entry) {
        String at = entry.at().toString();
        return switch (entry.event()) {
            case Event.UserSaid said -> Optional.of(new Said("user", said.text(), at));
            case Event.AssistantSaid said -> {
                String text = new Message.Assistant(said.content(), said.model()).text();
                yield text.isBlank() ? Optional.empty() : Optional.of(new Said("assistant", text, at));
            }
            case Event.SessionStarted _,
                    Event.ApprovalAsked _,
                    Event.Restored _,
                    Event.TreeKept _,
                    Event.PermissionDecided _,
                    Event.ToolStarted _,
                    Event.ToolFinished _,
                    Event.SecretSeen _,
                    Event.Advised _,
                    Event.Shortened _,
                    Event.Directed _,
                    Event.Informed _,
                    Event.Compacted _,
                    Event.TurnEnded _ -> Optional.empty();
        };
    }
}
