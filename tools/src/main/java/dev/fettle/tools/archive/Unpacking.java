package dev.fettle.tools.archive;

import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.WorkspaceException;
import dev.fettle.core.workspace.kept.Quota;
import dev.fettle.tools.workspace.Jail;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// A directory that the entries of an archive are put into, which nobody else uses meanwhile.
///
/// Links are made last, when all files are there: so no entry is ever written through one, and where each leads can be
/// asked of the file system as it then is. The order of entries does not matter for what is refused.
final class Unpacking {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_TARGET = 1_000;

    private final Path root;
    private final Quota quota;
    private final Map<String, Placed> places = new HashMap<>();
    private final Map<FilePath, String> links = new LinkedHashMap<>();
    private long bytes;

    private enum Kind {
        DIRECTORY,
        FILE,
        LINK
    }

    private record Placed(FilePath path, Kind kind) {}

    /// Begins in an empty directory.
    ///
    /// @param root absolute and free of links
    /// @param quota what may come of it
    Unpacking(Path root, Quota quota) {
        this.root = root;
        this.quota = quota;
    }

    void directory(FilePath path) throws IOException {
        if (!path.isRoot()) {
            claim(path, Kind.DIRECTORY);
            Files.createDirectories(real(path));
        }
    }

    /// Reads the content to its end and answers how long it was.
    long file(FilePath path, boolean isProgram, InputStream content) throws IOException {
        claim(path, Kind.FILE);
        Path file = real(path);
        Files.createDirectories(real(path.parent()));
        long size;
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            size = copy(content, out);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(isProgram ? "rwxr-xr-x" : "rw-r--r--"));
        return size;
    }

    /// Another name of a file that came before: a file of its own, so that nothing in the tree is shared.
    void copy(FilePath path, String original) throws IOException {
        FilePath from = EntryName.read(original);
        if (!new Placed(from, Kind.FILE).equals(places.get(EntryName.folded(from.value())))) {
            throw Refused.entry(path.value(), "is a hard link to no file that comes before it");
        }
        boolean isProgram = Files.isExecutable(real(from));
        try (InputStream in = Files.newInputStream(real(from))) {
            file(path, isProgram, in);
        }
    }

    void link(FilePath path, String target) throws IOException {
        if (target.isEmpty() || target.length() > LONGEST_TARGET || target.indexOf('\0') >= 0) {
            throw Refused.entry(path.value(), "is a link to nothing that can be named");
        }
        if (target.startsWith("/") || target.indexOf('\\') >= 0) {
            throw Refused.entry(path.value(), "is a link that leads out of the workspace");
        }
        claim(path, Kind.LINK);
        links.put(path, target);
        Files.createDirectories(real(path.parent()));
    }

    /// Makes the links, and looks where each one leads now that all are there.
    void finish() throws IOException {
        for (Map.Entry<FilePath, String> each : links.entrySet()) {
            Files.createSymbolicLink(real(each.getKey()), target(each.getKey(), each.getValue()));
        }
        Jail jail = new Jail(root);
        for (FilePath each : links.keySet()) {
            try {
                jail.resolve(each.value());
            } catch (WorkspaceException e) {
                throw switch (e.kind()) {
                    case OUTSIDE -> Refused.entry(each.value(), "is a link that leads out of the workspace");
                    case NOT_FOUND, WRONG_KIND, READ_ONLY, UNSUPPORTED, CHANGED, IO ->
                        Refused.entry(each.value(), "is a link that leads nowhere");
                };
            }
        }
    }

    private static Path target(FilePath link, String target) {
        try {
            return Path.of(target);
        } catch (InvalidPathException e) {
            throw Refused.entry(link.value(), "is a link to something whose name cannot be written here");
        }
    }

    private Path real(FilePath path) {
        try {
            return root.resolve(path.value());
        } catch (InvalidPathException e) {
            throw Refused.entry(path.value(), "has a name that cannot be written here");
        }
    }

    private void claim(FilePath path, Kind kind) {
        if (path.isRoot()) {
            throw Refused.archive("has an entry without a name");
        }
        if (!path.parent().isRoot()) {
            claim(path, path.parent());
        }
        Placed placed = new Placed(path, kind);
        Placed there = places.putIfAbsent(EntryName.folded(path.value()), placed);
        if (there == null) {
            counted();
        } else if (!there.path().equals(path)) {
            throw Refused.entry(
                    path.value(), "differs from another only by letters that some file systems take for the same");
        } else if (kind != Kind.DIRECTORY || there.kind() != Kind.DIRECTORY) {
            throw Refused.entry(path.value(), "is in the archive twice");
        }
    }

    private void claim(FilePath entry, FilePath directory) {
        Placed there = places.get(EntryName.folded(directory.value()));
        if (there != null && there.kind() != Kind.DIRECTORY) {
            throw Refused.entry(entry.value(), "is below something that is no directory");
        }
        if (there == null || !there.path().equals(directory)) {
            claim(directory, Kind.DIRECTORY);
        }
    }

    private void counted() {
        if (places.size() > quota.files()) {
            throw Refused.tooLarge("has more than the %,d files that are taken".formatted(quota.files()));
        }
    }

    private long copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        for (int n = read(in, buffer); n >= 0; n = read(in, buffer)) {
            bytes += n;
            size += n;
            if (bytes > quota.bytes()) {
                throw Refused.tooLarge("unpacks to more than the %,d bytes that are taken, or to suspiciously many more"
                                .formatted(quota.bytes())
                        + " than it has itself");
            }
            out.write(buffer, 0, n);
        }
        return size;
    }

    /// Nothing but the archive is at fault when it cannot be read.
    private static int read(InputStream in, byte[] buffer) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new ClosedByInterruptException();
        }
        try {
            return in.read(buffer);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw Refused.archive("is damaged", e);
        }
    }
}
