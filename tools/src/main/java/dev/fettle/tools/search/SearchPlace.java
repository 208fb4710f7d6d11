package dev.fettle.tools.search;

import dev.fettle.core.tool.ToolException;
import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import java.util.Optional;

/// Where a search begins.
final class SearchPlace {
    private SearchPlace() {}

    /// What is at `path`, the root if none is given.
    static FileInfo any(Workspace workspace, Optional<String> path) throws InterruptedException {
        FilePath place = workspace.locate(path.orElse("."));
        Optional<FileInfo> info = workspace.info(place);
        if (info.isEmpty()) {
            throw Suggestions.missing(workspace, place);
        }
        return info.get();
    }

    static FilePath directory(Workspace workspace, Optional<String> path) throws InterruptedException {
        FileInfo place = any(workspace, path);
        if (!place.isDirectory()) {
            throw new ToolException("`%s` is a file, not a directory. Use read to see it.".formatted(place.path()));
        }
        return place.path();
    }

    static String relative(FilePath start, FilePath path) {
        return start.isRoot()
                ? path.value()
                : path.value().substring(start.value().length() + 1);
    }
}
