package dev.fettle.code.index;

import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.tools.process.ProcessShell;
import dev.fettle.tools.search.Tree;
import dev.fettle.tools.workspace.LocalWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/// A directory of source files to make claims about.
///
/// @param root the files; indexes are kept beside it
public record Project(Path root) {
    /// Long enough ago for the times of files to count.
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    static final InstantSource NOW = InstantSource.fixed(THEN.plusSeconds(3600));

    /// An empty one below a temporary directory.
    public static Project in(Path temporary) throws IOException {
        return new Project(Files.createDirectories(temporary.resolve("project")));
    }

    /// Writes a file.
    public Project with(String path, String content) throws IOException {
        return with(path, content, THEN);
    }

    Project with(String path, String content, Instant modified) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(modified));
        return this;
    }

    /// The workspace of the files.
    public Workspace workspace() {
        return new LocalWorkspace(root, new ProcessShell(root, Map.of("PATH", System.getenv("PATH")), root));
    }

    /// Where its index is kept.
    public IndexDirectory indexes() {
        return new IndexDirectory(kept(), Project::walk, NOW);
    }

    Path kept() {
        return root.resolveSibling("kept");
    }

    static boolean walk(Workspace workspace, java.util.function.Predicate<dev.fettle.core.workspace.FileInfo> visitor)
            throws InterruptedException {
        return new Tree(workspace).walk(FilePath.ROOT, visitor);
    }

    /// Its index, up to date.
    public CodeIndex index() throws InterruptedException {
        return indexes().open(workspace());
    }
}
