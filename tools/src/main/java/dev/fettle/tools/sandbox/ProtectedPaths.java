package dev.fettle.tools.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What of a workspace no command may change, because it runs or steers other programs, outside the sandbox too.
///
/// A repository's directory is a mount of its own, or it could be moved away and made anew; inside it `config`, `hooks`
/// and `info` are read-only. A destination is never handed to bubblewrap if it is a symbolic link or does not exist:
/// version 0.8 creates what is missing, through links, on the host (CVE-2026-87766).
record ProtectedPaths(Path workspace) {
    private static final List<String> PROJECT = List.of(".fettle", ".mcp.json", ".vscode", ".idea", ".husky", ".envrc");
    private static final List<String> IN_GIT = List.of("config", "config.worktree", "hooks", "info");
    private static final List<String> NEVER_LINKS = List.of(".git", ".fettle");
    private static final int NESTED_REPOSITORIES = 3;
    private static final int MOST_DIRECTORIES = 2_000;

    /// Mount options in bubblewrap's words.
    ///
    /// @throws IOException if a link stands where protection has to
    List<String> options() throws IOException {
        for (String name : NEVER_LINKS) {
            if (Files.isSymbolicLink(workspace.resolve(name))) {
                throw new IOException(
                        "`%s` is a symbolic link, and what it points to could not be protected; replace it by what it points to"
                                .formatted(workspace.resolve(name)));
            }
        }
        List<String> options = new ArrayList<>();
        for (Path git : repositories()) {
            if (Files.isDirectory(git, LinkOption.NOFOLLOW_LINKS)) {
                options.addAll(List.of("--bind", git.toString(), git.toString()));
                for (String name : List.of("hooks", "info")) {
                    // Git does without them, so a repository may lack them; it must not get any from a command.
                    if (!Files.exists(git.resolve(name), LinkOption.NOFOLLOW_LINKS)
                            && Files.exists(git.resolve("HEAD"))) {
                        Files.createDirectory(git.resolve(name));
                    }
                }
                IN_GIT.forEach(name -> readOnly(git.resolve(name), options));
            } else {
                readOnly(git, options);
            }
        }
        PROJECT.forEach(name -> readOnly(workspace.resolve(name), options));
        return options;
    }

    private static void readOnly(Path path, List<String> options) {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(path)) {
            options.addAll(List.of("--ro-bind", path.toString(), path.toString()));
        }
    }

    /// Each `.git` of the workspace and of repositories a few directories down, directories and worktrees' files alike.
    private List<Path> repositories() throws IOException {
        try (Stream<Path> paths = Files.find(
                workspace,
                NESTED_REPOSITORIES,
                (path, attributes) -> attributes.isDirectory() || path.endsWith(".git"))) {
            return paths.limit(MOST_DIRECTORIES)
                    .filter(path -> path.endsWith(".git") && !Files.isSymbolicLink(path))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw new IOException("Cannot look for repositories below " + workspace + ": " + e.getMessage(), e);
        }
    }
}
