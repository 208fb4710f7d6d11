package dev.fettle.tools.kept;

import dev.fettle.core.workspace.kept.KeptWorkspaceException;
import dev.fettle.core.workspace.kept.KeptWorkspaceException.Kind;
import dev.fettle.core.workspace.kept.Quota;
import dev.fettle.tools.quota.TreeMeasure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// How much all workspaces may hold together. Looking at every file of all of them takes long, so what was found counts
/// for a while.
final class Room {
    private static final Duration COUNTS = Duration.ofSeconds(30);

    private final Path root;
    private final long most;
    private final InstantSource clock;
    private Instant lookAgain = Instant.MIN;
    private boolean isFull;

    Room(Path root, long most, InstantSource clock) {
        this.root = root;
        this.most = most;
        this.clock = clock;
    }

    synchronized void require() {
        Instant now = clock.instant();
        if (most < Long.MAX_VALUE && !now.isBefore(lookAgain)) {
            Quota quota = new Quota(most, Long.MAX_VALUE);
            isFull = quota.isExceededBy(TreeMeasure.of(root, quota));
            lookAgain = now.plus(COUNTS);
        }
        if (isFull) {
            throw new KeptWorkspaceException(
                    Kind.FULL, "The workspaces of all users are full. Remove some, or ask the operator for more room.");
        }
    }

    /// Something was taken away.
    synchronized void hasChanged() {
        lookAgain = Instant.MIN;
    }
}
