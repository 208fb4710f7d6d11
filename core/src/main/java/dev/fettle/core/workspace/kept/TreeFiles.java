package dev.fettle.core.workspace.kept;

import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads directories that somebody not trusted may be changing at the same time. No link is ever followed, so nothing
/// outside of the directory is read, whoever puts a link in a directory's place at whatever moment.
///
/// Throws [dev.fettle.core.workspace.WorkspaceException] if there is no such directory or it cannot be read.
public interface TreeFiles {

    /// What is below a directory, by path; without what is in `.git`.
    ///
    /// @param below where to begin
    /// @param most how many to list
    Listing list(Path tree, FilePath below, int most);

    /// A part of what is there.
    ///
    /// @param isComplete whether it is all
    record Listing(List<FileInfo> files, boolean isComplete) {
        public Listing {
            files = List.copyOf(files);
        }
    }

    /// A regular file; empty if there is none of that name, or a link is on the way. To be closed.
    Optional<Opened> open(Path tree, FilePath file);

    /// An open file.
    ///
    /// @param size when it was opened
    record Opened(InputStream content, long size) implements Closeable {
        @Override
        public void close() throws IOException {
            content.close();
        }
    }

    /// Writes all files, and those links that lead to something in the tree, as an archive.
    ///
    /// @throws IOException if the stream does not take it
    void pack(Path tree, ArchiveFormat format, OutputStream out) throws IOException;

    /// What a tree comes to.
    TreeSize size(Path tree);
}
