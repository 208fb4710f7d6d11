package dev.fettle.tools.snapshot;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;

/// What is in a directory, read without anything of what is tested.
final class Trees {
    private Trees() {}

    /// Kind, permissions and content of everything, by path.
    static Map<String, String> describe(Path root) throws IOException {
        return describe(root, path -> true);
    }

    static Map<String, String> describe(Path root, Predicate<String> wanted) throws IOException {
        Map<String, String> found = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                put(file, attributes.isSymbolicLink() ? "-> " + Files.readSymbolicLink(file) : hash(file));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                put(directory, "directory");
                return FileVisitResult.CONTINUE;
            }

            private void put(Path file, String what) throws IOException {
                String path = root.relativize(file).toString();
                if (!path.isEmpty() && wanted.test(path)) {
                    String mode = PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
                    found.put(path, mode + " " + what);
                }
            }
        });
        return found;
    }

    private static String hash(Path file) throws IOException {
        return HexFormat.of().formatHex(Constants.newMessageDigest().digest(Files.readAllBytes(file)));
    }
}
