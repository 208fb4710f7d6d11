package dev.fettle.tools.confine;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What of a workspace no command may change, because it runs or steers other programs, outside the sandbox too: the
/// settings of its repository, of nested ones, of submodules and worktrees, and of editors, agents and shells.
public final class ProtectedPaths {
    /// Of the project; missing ones are guarded, for a command must not make them either.
    public static final List<String> PROJECT = List.of(".fettle", ".mcp.json", ".vscode", ".idea", ".husky", ".envrc");

    private static final List<String> IN_GIT = List.of("config", "config.worktree", "hooks", "info");
    private static final List<String> NEVER_LINKS = List.of(".git", ".fettle");
    /// A bound on the time that looking for nested repositories takes: some 50 ms.
    private static final int MOST_DIRECTORIES = 20_000;

    private final Path workspace;
    private final List<Path> repositories = new ArrayList<>();
    private final List<Path> pointers = new ArrayList<>();

    private ProtectedPaths(Path workspace) {
        this.workspace = workspace;
    }

    /// What is there to protect right now.
    ///
    /// @throws IOException if a link stands where protection has to
    public static ProtectedPaths of(Path workspace) throws IOException {
        for (String name : NEVER_LINKS) {
            if (Files.isSymbolicLink(workspace.resolve(name))) {
                throw new IOException(
                        "`%s` is a symbolic link, and what it points to could not be protected; replace it by what it points to"
                                .formatted(workspace.resolve(name)));
            }
        }
        ProtectedPaths paths = new ProtectedPaths(workspace);
        paths.search();
        return paths;
    }

    /// Directories of repositories. Each has to be a mount of its own, or it could be moved away and made anew.
    public List<Path> repositories() {
        return List.copyOf(repositories);
    }

    /// What must stay as it is. None is a link.
    public List<Path> fixed() {
        Stream<Path> settings =
                repositories.stream().flatMap(git -> IN_GIT.stream().map(git::resolve));
        return Stream.of(settings, pointers.stream(), PROJECT.stream().map(workspace::resolve))
                .flatMap(each -> each)
                .filter(each -> Files.exists(each, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(each))
                .toList();
    }

    private void search() throws IOException {
        Files.walkFileTree(workspace, new SimpleFileVisitor<>() {
            private int directories;

            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                if (directory.endsWith(".git")) {
                    add(directory);
                    return FileVisitResult.SKIP_SUBTREE;
                }
                directories++;
                return directories > MOST_DIRECTORIES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.endsWith(".git") && attributes.isRegularFile()) {
                    pointers.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        repositories.sort(Comparator.naturalOrder());
    }

    /// A repository, with those of its submodules, which live inside it.
    private void add(Path git) {
        repositories.add(git);
        for (String name : List.of("hooks", "info")) {
            // Git does without them, so a repository may lack them; it must not get any from a command.
            Path missing = git.resolve(name);
            if (!Files.exists(missing, LinkOption.NOFOLLOW_LINKS) && Files.exists(git.resolve("HEAD"))) {
                make(missing);
            }
        }
        try (Stream<Path> below = Files.list(git.resolve("modules"))) {
            below.filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                    .forEach(this::addModule);
        } catch (IOException e) {
            // It has no submodules.
        }
    }

    /// A submodule's name may have several parts.
    private void addModule(Path directory) {
        if (Files.exists(directory.resolve("HEAD"))) {
            add(directory);
            return;
        }
        try (Stream<Path> below = Files.list(directory)) {
            below.filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                    .forEach(this::addModule);
        } catch (IOException e) {
            // It is gone.
        }
    }

    private static void make(Path directory) {
        try {
            Files.createDirectory(directory);
        } catch (IOException e) {
            // A repository that cannot be written to is as good as protected.
        }
    }
}
