package dev.fettle.tools.quota;

import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.kept.Quota;
import dev.fettle.testkit.WorkspaceContract;
import dev.fettle.tools.process.ProcessShell;
import dev.fettle.tools.workspace.LocalWorkspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A workspace with room is one like any other.
final class RoomyWorkspaceTest extends WorkspaceContract {
    @TempDir
    Path directory;

    private Workspace workspace;

    @BeforeEach
    void open() throws IOException {
        Path root = directory.toRealPath();
        ProcessShell shell = new ProcessShell(root, Map.of(), root.resolve("spool"));
        workspace = new BoundedWorkspace(new LocalWorkspace(root, shell), root, Quota.NONE);
    }

    @Override
    protected Workspace workspace() {
        return workspace;
    }
}
