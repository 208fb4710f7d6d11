package dev.fettle.tools.snapshot.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// What tells, without reading a file, that it has not changed: the same as git looks at.
///
/// @param mode kind and permissions as the kernel gives them
/// @param modified nanoseconds since 1970; programs may set it
/// @param changed nanoseconds since 1970; programs cannot set it, so that a write which puts the time of
///     modification back is noticed too
record FileStat(int mode, long inode, long size, long modified, long changed) {
    private static final int KIND = 0170000;

    static FileStat of(Path path) throws IOException {
        Map<String, Object> values =
                Files.readAttributes(path, "unix:mode,ino,size,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
        return new FileStat(
                (Integer) value(values, "mode"),
                ((Number) value(values, "ino")).longValue(),
                (Long) value(values, "size"),
                ((FileTime) value(values, "lastModifiedTime")).to(TimeUnit.NANOSECONDS),
                ((FileTime) value(values, "ctime")).to(TimeUnit.NANOSECONDS));
    }

    private static Object value(Map<String, Object> values, String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    boolean isDirectory() {
        return (mode & KIND) == 0040000;
    }

    boolean isFile() {
        return (mode & KIND) == 0100000;
    }

    boolean isLink() {
        return (mode & KIND) == 0120000;
    }

    int permissions() {
        return mode & 0777;
    }
}
