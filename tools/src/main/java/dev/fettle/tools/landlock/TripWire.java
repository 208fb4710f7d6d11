package dev.fettle.tools.landlock;

import dev.fettle.tools.confine.ProtectedPaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Remembers the protected paths of a workspace, and after a command puts back what it did to them. Landlock
/// cannot take them out of a directory that may be written to; while the command runs they are as it left
/// them.
final class TripWire {
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private final Optional<Path> workspace;
    private final Set<Path> repositories = new HashSet<>();
    private final Map<Path, List<Kept>> kept = new TreeMap<>();

    /// A file or directory as it was.
    private record Kept(Path path, Set<PosixFilePermission> mode, String content, boolean isDirectory) {}

    private TripWire(Optional<Path> workspace) {
        this.workspace = workspace;
    }

    /// For a command that can change nothing.
    static TripWire none() {
        return new TripWire(Optional.empty());
    }

    static TripWire over(Path workspace) throws IOException {
        TripWire wire = new TripWire(Optional.of(workspace));
        ProtectedPaths paths = ProtectedPaths.of(workspace);
        wire.repositories.addAll(paths.repositories());
        for (Path path : paths.fixed()) {
            wire.kept.put(path, contents(path));
        }
        return wire;
    }

    /// Puts right what is not as it was, and says so.
    List<String> check() throws IOException {
        return workspace.isPresent() ? check(workspace.get()) : List.of();
    }

    private List<String> check(Path workspace) throws IOException {
        List<String> told = new ArrayList<>();
        for (Map.Entry<Path, List<Kept>> each : kept.entrySet()) {
            if (!contents(each.getKey()).equals(each.getValue())) {
                remove(each.getKey());
                for (Kept was : each.getValue()) {
                    restore(was);
                }
                told.add("The command changed %s, which is protected; it has been put back."
                        .formatted(workspace.relativize(each.getKey())));
            }
        }
        for (Path path : ProtectedPaths.of(workspace).fixed()) {
            if (!kept.containsKey(path) && mayNotBeMade(workspace, path)) {
                remove(path);
                told.add("The command made %s, which is protected; it has been removed."
                        .formatted(workspace.relativize(path)));
            }
        }
        return told;
    }

    /// A new repository may be made, with all that is in it.
    private boolean mayNotBeMade(Path workspace, Path path) {
        Path parent = path.getParent();
        return parent != null && (parent.equals(workspace) || repositories.contains(parent));
    }

    private static List<Kept> contents(Path root) throws IOException {
        List<Kept> contents = new ArrayList<>();
        Map<String, Long> total = new HashMap<>();
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return contents;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                contents.add(new Kept(directory, mode(directory), "", true));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    if (total.merge("bytes", attributes.size(), Long::sum) > MOST_BYTES) {
                        throw new IOException(
                                "%s holds more than %d MB, too much to watch over".formatted(root, MOST_BYTES >> 20));
                    }
                    contents.add(new Kept(
                            file,
                            mode(file),
                            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1),
                            false));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return contents;
    }

    private static Set<PosixFilePermission> mode(Path path) throws IOException {
        return Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static void restore(Kept was) throws IOException {
        if (was.isDirectory()) {
            Files.createDirectories(was.path());
        } else {
            Files.write(was.path(), was.content().getBytes(StandardCharsets.ISO_8859_1));
        }
        Files.setPosixFilePermissions(was.path(), was.mode());
    }

    static void remove(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
