package dev.fettle.tools.snapshot.tree;

import dev.fettle.core.workspace.FilePath;
import java.util.List;
import java.util.Optional;

/// What of repositories is kept. The tree's own goes along, for a commit made in it must not be lost; but
/// not what would run programs when it is restored, nor what git was just writing.
public final class GitDirectory {
    private static final String NAME = ".git";
    private static final String INSIDE = NAME + "/";
    private static final String OBJECTS = ".git/objects";

    private GitDirectory() {}

    /// Why nothing of this is kept; empty if it is.
    static Optional<String> reasonToLeaveOut(FilePath path, FileStat stat) {
        String value = path.value();
        if (value.startsWith(INSIDE)) {
            return reasonInside(path);
        }
        if (!path.name().equalsIgnoreCase(NAME)) {
            return Optional.empty();
        }
        if (!value.equals(NAME)) {
            return Optional.of("a repository of its own");
        }
        return stat.isDirectory() ? Optional.empty() : Optional.of("the repository is elsewhere");
    }

    private static Optional<String> reasonInside(FilePath path) {
        String value = path.value();
        return switch (value) {
            case ".git/hooks" -> Optional.of("hooks are programs");
            case ".git/modules" -> Optional.of("repositories of submodules");
            case ".git/objects/info/alternates" -> Optional.of("it names objects that are elsewhere");
            default -> {
                boolean isDraft = value.endsWith(".lock")
                        || (isInObjects(path) && path.name().startsWith("tmp_"));
                yield isDraft ? Optional.of("git is writing it") : Optional.empty();
            }
        };
    }

    /// Why the repository is not restored: one that lacks a part of its history is worse than none.
    ///
    /// @param missing what was left out of the snapshot and is not in the tree either
    public static Optional<String> reasonToStay(List<String> missing) {
        return missing.stream()
                .filter(line -> line.startsWith(OBJECTS + "/"))
                .findFirst()
                .map(line -> "the snapshot lacks %s of it; fetch the repository from its origin"
                        .formatted(Omissions.path(line)));
    }

    static boolean isIn(FilePath path) {
        return path.value().equals(NAME) || path.value().startsWith(INSIDE);
    }

    /// Git's objects are named by their content, so a directory of them that looks the same is the same;
    /// and others than those of a snapshot do no harm and may be needed.
    static boolean isInObjects(FilePath path) {
        return path.value().startsWith(OBJECTS + "/");
    }

    /// Restoring never changes these, for they steer the programs that the user runs; it only makes them
    /// where there are none.
    static boolean isSteering(FilePath path) {
        String value = path.value();
        return List.of(".git/config", ".git/config.worktree").contains(value) || value.startsWith(".git/info/");
    }

    /// References are read before objects: what is committed in between then is an object too many, and not a
    /// reference to nothing.
    static int turn(FilePath directory, String name) {
        if (directory.isRoot()) {
            return name.equals(NAME) ? 0 : 1;
        }
        return directory.value().equals(NAME) && name.equals("objects") ? 2 : 1;
    }
}
