package dev.fettle.cli.replay;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// One recording in a folder of them: `NAME.jsonl`, the workspace as it was before in `NAME/`, and as it has
/// to be after in `NAME.expected/`; a directory may be missing.
///
/// @param recording the file
record PromptCase(Path recording) {

    /// All cases of a folder, by name.
    static List<PromptCase> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(each -> each.toString().endsWith(".jsonl"))
                    .sorted()
                    .map(PromptCase::new)
                    .toList();
        }
    }

    String name() {
        String file = String.valueOf(recording.getFileName());
        return file.substring(0, file.length() - ".jsonl".length());
    }

    /// A fresh workspace as it was before.
    Path workspace() throws IOException {
        Path copy = Files.createTempDirectory("fettle-case-").toRealPath();
        Path before = recording.resolveSibling(name());
        if (Files.isDirectory(before)) {
            copy(before, copy);
        }
        return copy;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file).toString()),
                        LinkOption.NOFOLLOW_LINKS,
                        StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /// How the workspace differs from what it has to be; empty if it does not, or nothing is expected.
    Optional<String> difference(Path workspace) throws IOException {
        Path expected = recording.resolveSibling(name() + ".expected");
        if (!Files.isDirectory(expected)) {
            return Optional.empty();
        }
        TreeMap<String, byte[]> wanted = contents(expected);
        TreeMap<String, byte[]> found = contents(workspace);
        List<String> differences = new ArrayList<>();
        wanted.forEach((path, bytes) -> {
            byte[] other = found.remove(path);
            if (other == null) {
                differences.add(path + " is missing");
            } else if (!Arrays.equals(bytes, other)) {
                differences.add(path + " is different");
            }
        });
        found.keySet().forEach(path -> differences.add(path + " is new"));
        return differences.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", differences));
    }

    private static TreeMap<String, byte[]> contents(Path root) throws IOException {
        TreeMap<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = root.relativize(file).toString();
                // What git keeps for itself has times in it.
                if (!path.startsWith(".git/")) {
                    contents.put(path, Files.readAllBytes(file));
                }
            }
        }
        return contents;
    }
}
