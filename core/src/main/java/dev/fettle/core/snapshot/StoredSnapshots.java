package dev.fettle.core.snapshot;

import dev.fettle.core.session.SessionId;
import java.time.Instant;

/// What the snapshots of one session cost, for whoever decides how long they are kept.
///
/// @param bytes on the disk, all snapshots together; what sessions share is counted for each
/// @param latest when a snapshot was last kept
public record StoredSnapshots(SessionId session, long bytes, Instant latest) {}
