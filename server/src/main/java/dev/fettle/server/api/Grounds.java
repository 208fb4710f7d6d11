package dev.fettle.server.api;

import dev.fettle.core.run.RunChanges;
import dev.fettle.core.workspace.kept.KeptWorkspaces;
import dev.fettle.core.workspace.kept.TreeFiles;

/// Where runs work, and what comes of it there.
public record Grounds(KeptWorkspaces kept, TreeFiles files, RunChanges changes) {}
