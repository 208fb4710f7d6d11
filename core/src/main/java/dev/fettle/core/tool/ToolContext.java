package dev.fettle.core.tool;

import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What a tool is given for one call.
///
/// @param seen the content each file had when this session last read or wrote it: path to SHA-256 in hex
/// @param live receives output worth showing while the tool runs; never reaches the model
public record ToolContext(Workspace workspace, Map<String, String> seen, Consumer<String> live) {
    public ToolContext {
        seen = Map.copyOf(seen);
    }

    public Optional<String> lastSeen(FilePath file) {
        return Optional.ofNullable(seen.get(file.value()));
    }
}
