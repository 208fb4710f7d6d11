package dev.fettle.core.workspace.kept;

import dev.fettle.core.id.TimedId;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// Names a kept workspace, and its directory: `ws_` and a UUIDv7 without dashes, so that ids sort by time.
public record WorkspaceId(String value) {
    private static final Pattern FORM = Pattern.compile("ws_[0-9a-f]{32}");

    public WorkspaceId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("Not the id of a workspace: `%s`".formatted(value));
        }
    }

    public static WorkspaceId at(Instant created) {
        return new WorkspaceId(TimedId.of("ws_", created));
    }

    /// The id that somebody wrote; empty if it is none.
    public static Optional<WorkspaceId> read(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new WorkspaceId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
