package dev.fettle.server.api;

import dev.fettle.core.monitor.Monitor;
import dev.fettle.core.monitor.Occurrence;
import dev.fettle.core.monitor.Occurrence.Requested;
import dev.fettle.core.monitor.Occurrence.Served;
import java.util.Map;
import java.util.Optional;

/// Tells of what the agent was asked for besides all requests over HTTP.
///
/// @param next hears both
public record RequestTypes(Monitor next) implements Monitor {
    /// Routes and what they ask the agent for; all of them are POST.
    private static final Map<String, String> TYPES = Map.of(
            "/api/v1/generate", "generate",
            "/api/v1/understand", "understand",
            "/api/v1/debug", "debug",
            "/api/v1/runs", "run",
            "/api/v1/batch", "batch",
            "/api/v1/tools/{name}", "tool",
            "/chat", "chat",
            "/chat/{session_id}", "chat",
            "/chat/sessions/{id}/messages", "chat");

    @Override
    public void tell(Occurrence occurrence) {
        next.tell(occurrence);
        if (occurrence instanceof Served served && served.method().equals("POST")) {
            Optional.ofNullable(TYPES.get(served.endpoint()))
                    .ifPresent(type -> next.tell(new Requested(type, status(served), served.took())));
        }
    }

    /// A run that has not ended was accepted, for whoever asked.
    private static String status(Served served) {
        return switch (served.status()) {
            case 499 -> "cancelled";
            case 202 -> "accepted";
            default ->
                served.status() >= 500
                        ? "failed"
                        : served.status() >= 400 ? "refused" : served.run().orElse("completed");
        };
    }
}
