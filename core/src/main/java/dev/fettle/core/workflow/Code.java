package dev.fettle.core.workflow;

import dev.fettle.core.tool.ToolException;
import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The files of some work as they stand in the workspace, for programs that do not see it.
///
/// @param files with their contents, in the order of the report
/// @param fullCode the one file's content; of several, each below its name
/// @param leftOut files that were too large to be taken along
public record Code(String language, List<File> files, String fullCode, List<String> leftOut) {
    /// Of all files together.
    private static final int MOST_BYTES = 256 * 1024;

    public Code {
        files = List.copyOf(files);
        leftOut = List.copyOf(leftOut);
    }

    /// One file.
    public record File(String path, String content) {}

    /// Reads the files that a report names.
    ///
    /// @throws ToolException naming one that is not there, for whoever reported it
    static Code read(Work work, Workspace workspace) {
        List<File> files = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        long left = MOST_BYTES;
        for (String path : work.files()) {
            byte[] content = content(workspace, path, left);
            if (content.length > left) {
                leftOut.add(path);
            } else {
                left -= content.length;
                files.add(new File(path, new String(content, StandardCharsets.UTF_8)));
            }
        }
        return new Code(work.language(), files, full(files), leftOut);
    }

    /// The beginning of a file, one byte more than fits if it does not.
    private static byte[] content(Workspace workspace, String path, long most) {
        try {
            FilePath file = workspace.locate(path);
            if (workspace.info(file).filter(FileInfo::isFile).isEmpty()) {
                throw new ToolException(
                        "The report names `%s`, but no such file is there. Write it first, or leave it out."
                                .formatted(path));
            }
            try (InputStream in = workspace.open(file)) {
                return in.readNBytes((int) most + 1);
            }
        } catch (IOException e) {
            throw new ToolException("`%s` cannot be read: %s".formatted(path, e.getMessage()));
        } catch (WorkspaceException e) {
            throw new ToolException(e.getMessage());
        }
    }

    private static String full(List<File> files) {
        return files.size() == 1
                ? files.getFirst().content()
                : files.stream()
                        .map(each -> "=== %s ===\n%s".formatted(each.path(), each.content()))
                        .collect(Collectors.joining("\n"));
    }
}
