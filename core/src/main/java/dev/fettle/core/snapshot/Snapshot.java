package dev.fettle.core.snapshot;

import dev.fettle.core.session.SessionId;
import java.time.Instant;
import java.util.List;

/// A working tree as it was.
///
/// @param id a hash of all that was kept: two trees with the same id are the same in every byte and
///     permission
/// @param at when this state was first seen
/// @param leftOut what was there and not kept, each with its reason: `target/ (ignored by git)`; bounded,
///     the last line then counts the rest
public record Snapshot(SessionId session, String id, Instant at, List<String> leftOut) {
    public Snapshot {
        if (!id.matches("[0-9a-f]{40}")) {
            throw new IllegalArgumentException("Not the id of a snapshot: `%s`".formatted(id));
        }
        leftOut = List.copyOf(leftOut);
    }
}
