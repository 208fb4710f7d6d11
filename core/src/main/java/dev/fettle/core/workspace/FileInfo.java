package dev.fettle.core.workspace;

import java.time.Instant;

/// What a directory listing knows of one entry.
///
/// @param size bytes; zero for anything but a file
public record FileInfo(FilePath path, Kind kind, long size, Instant modified) {
    public enum Kind {
        FILE,
        DIRECTORY,
        /// A symbolic link, as listed in its directory; [Workspace#info] follows it.
        LINK,
        OTHER
    }

    public boolean isFile() {
        return kind == Kind.FILE;
    }

    public boolean isDirectory() {
        return kind == Kind.DIRECTORY;
    }
}
