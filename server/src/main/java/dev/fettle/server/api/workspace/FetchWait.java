package dev.fettle.server.api.workspace;

import dev.fettle.core.workspace.kept.KeptWorkspace;
import dev.fettle.core.workspace.kept.KeptWorkspaces;
import java.time.Duration;

/// Lets clients wait for a repository to be fetched, for a while.
public final class FetchWait {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final KeptWorkspaces kept;
    private final Duration patience;
    private volatile boolean isHurried;

    /// A place to wait in.
    ///
    /// @param patience how long anybody waits
    public FetchWait(KeptWorkspaces kept, Duration patience) {
        this.kept = kept;
        this.patience = patience;
    }

    /// From now on nobody waits: the server stops.
    public void hurry() {
        isHurried = true;
    }

    /// The workspace as it is when it is no longer being prepared, or when the client has waited long enough.
    KeptWorkspace await(KeptWorkspace begun) throws InterruptedException {
        KeptWorkspace workspace = begun;
        long until = System.nanoTime() + patience.toNanos();
        while (workspace.state() instanceof KeptWorkspace.State.Preparing && !isHurried && System.nanoTime() < until) {
            Thread.sleep(PAUSE);
            workspace = kept.find(begun.id()).orElse(workspace);
        }
        return workspace;
    }
}
