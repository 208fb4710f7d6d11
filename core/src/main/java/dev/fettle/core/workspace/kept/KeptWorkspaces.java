package dev.fettle.core.workspace.kept;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The workspaces that users had made, below one root that all processes of the service share. What is known of one is
/// kept beside its directory, so that both are moved, backed up and removed together.
///
/// Safe for use by several threads, processes and machines. Throws [KeptWorkspaceException].
public interface KeptWorkspaces {

    /// Whose a workspace is and what its user calls it.
    record Label(String user, String name) {}

    /// An empty one.
    KeptWorkspace make(Label label);

    /// One with the files of an archive, all of them or, if a single one is not taken, none. Blocks until the archive
    /// has been read.
    ///
    /// @throws IOException if the archive cannot be read to its end
    /// @throws InterruptedException if the thread is interrupted; nothing is left by then
    KeptWorkspace unpack(Label label, ArchiveFormat format, InputStream archive)
            throws IOException, InterruptedException;

    /// One that a repository is being fetched into. It is ready, or has failed, within minutes.
    ///
    /// @throws KeptWorkspaceException of kind `REFUSED` if nothing is fetched from there
    KeptWorkspace fetch(Label label, GitSource source);

    Optional<KeptWorkspace> find(WorkspaceId id);

    /// Everybody's, the newest first.
    List<KeptWorkspace> list();

    /// Where it is, or will be when it is ready: a directory directly below the root, named by the id.
    Path directory(WorkspaceId id);

    /// Removes it with all that is in it; does nothing if there is none.
    void delete(WorkspaceId id);

    /// Does nothing while there is room for more.
    ///
    /// @throws KeptWorkspaceException of kind `FULL`
    void requireRoom();
}
