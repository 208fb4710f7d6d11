package dev.fettle.code.project;

import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The files of a project, by paths relative to its directory. What cannot be read is not there.
public record ProjectFiles(Workspace workspace, FilePath root) {
    private static final int MOST_BYTES = 256 * 1024;

    public ProjectFiles in(FilePath directory) {
        return new ProjectFiles(workspace, directory);
    }

    public boolean has(String path) {
        try {
            return workspace.info(place(path)).isPresent();
        } catch (WorkspaceException e) {
            return false;
        }
    }

    /// The first of these that is there, or else the last.
    public String first(String... paths) {
        for (String path : paths) {
            if (has(path)) {
                return path;
            }
        }
        return paths[paths.length - 1];
    }

    /// The beginning of a file, at most 256 KiB; empty if it cannot be read.
    public String text(String path) {
        try (InputStream in = workspace.open(place(path))) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        } catch (WorkspaceException | IOException e) {
            return "";
        }
    }

    /// The names in a directory.
    public List<String> names(String directory) {
        try {
            return workspace.list(place(directory)).stream()
                    .map(FileInfo::path)
                    .map(FilePath::name)
                    .toList();
        } catch (WorkspaceException e) {
            return List.of();
        }
    }

    private FilePath place(String path) {
        return workspace.locate(
                path.isEmpty() ? root.toString() : root.resolve(path).value());
    }
}
