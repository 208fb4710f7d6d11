package dev.fettle.core.workspace;

import java.util.regex.Pattern;

/// A place below a workspace's root: relative, `/`-separated, normalised, never leaving the root; empty for
/// the root itself. Made by [Workspace#locate], which also follows symbolic links.
public record FilePath(String value) implements Comparable<FilePath> {
    /// A segment that is empty, `.` or `..`.
    private static final Pattern UNSOUND = Pattern.compile("/\\.{0,2}/");

    public static final FilePath ROOT = new FilePath("");

    public FilePath {
        if (!value.isEmpty() && UNSOUND.matcher("/" + value + "/").find()) {
            throw new IllegalArgumentException("Not a normalised relative path: `%s`".formatted(value));
        }
    }

    public FilePath resolve(String name) {
        return new FilePath(value.isEmpty() ? name : value + "/" + name);
    }

    public String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    public FilePath parent() {
        int slash = value.lastIndexOf('/');
        return slash < 0 ? ROOT : new FilePath(value.substring(0, slash));
    }

    public boolean isRoot() {
        return value.isEmpty();
    }

    @Override
    public int compareTo(FilePath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.isEmpty() ? "." : value;
    }
}
