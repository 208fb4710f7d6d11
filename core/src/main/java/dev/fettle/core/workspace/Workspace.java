package dev.fettle.core.workspace;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// Files below one root, and a shell that starts there. The agent reaches the world only through this.
///
/// Safe for use by several threads. Every method may block on the file system and throws [WorkspaceException]
/// when the world says no.
public interface Workspace {

    /// Where it is, as a person would name it: an absolute path, or a word.
    String name();

    /// The place a path names: relative to the root, or absolute inside it, `.` and `..` resolved, symbolic
    /// links followed. The place need not exist.
    ///
    /// @throws WorkspaceException of kind `OUTSIDE` if the path, or a link on its way, leaves the root
    FilePath locate(String path);

    /// What is there, links followed; empty if nothing is.
    Optional<FileInfo> info(FilePath path);

    /// The direct children of a directory, by name; links are reported as links.
    List<FileInfo> list(FilePath directory);

    /// The file's bytes. The caller closes the stream.
    InputStream open(FilePath file);

    /// Replaces the file's content in one step or not at all, keeping its mode; creates it and its
    /// directories if needed.
    void write(FilePath file, byte[] content);

    /// Replaces the file's content as [#write] does, if it still is what the caller knows. Of several who
    /// replace the same
    /// content at the same time, in whatever process, one succeeds.
    ///
    /// @param known what the file holds; empty if there is to be none
    /// @throws WorkspaceException of kind `CHANGED` if that is not so; nothing was written then
    void replace(FilePath file, Optional<byte[]> known, byte[] content);

    /// Renames a file, keeping its mode; creates directories if needed and replaces what is there.
    void move(FilePath from, FilePath to);

    void delete(FilePath file);

    /// Why nobody can go on working here: it is gone, or holds more than it may. Empty if one can. May take as long as
    /// looking at every file.
    default Optional<String> obstacle() {
        return Optional.empty();
    }

    /// Runs commands with the root as the working directory.
    Shell shell();
}
