package dev.fettle.code.runner;

import dev.fettle.code.project.ProjectFiles;
import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A directory and the tool that runs its tests.
public record Project(ProjectFiles files, Runner runner) {
    private static final Set<String> SKIPPED = Set.of("node_modules", "target", "build", "dist", "vendor", "venv");
    private static final int DEEPEST = 3;

    /// The project that a path belongs to: the nearest directory above that a tool fits. From the root, those below are
    /// looked at too, and the first is taken.
    ///
    /// @param runners those that come first are preferred
    public static Optional<Project> around(Workspace workspace, FilePath path, List<Runner> runners) {
        FilePath directory = workspace.info(path).filter(FileInfo::isDirectory).isPresent() ? path : path.parent();
        ProjectFiles files = new ProjectFiles(workspace, directory);
        for (FilePath each : upwards(directory)) {
            Optional<Project> found = in(files.in(each), runners);
            if (found.isPresent()) {
                return found.map(Project::outermost);
            }
        }
        return below(files.in(FilePath.ROOT), runners, 1);
    }

    private static List<FilePath> upwards(FilePath directory) {
        List<FilePath> places = new ArrayList<>();
        for (FilePath each = directory; !each.isRoot(); each = each.parent()) {
            places.add(each);
        }
        places.add(FilePath.ROOT);
        return places;
    }

    private static Optional<Project> in(ProjectFiles files, List<Runner> runners) {
        return runners.stream()
                .filter(runner -> runner.fits(files))
                .findFirst()
                .map(runner -> new Project(files, runner));
    }

    private Project outermost() {
        if (!runner.isOutermost()) {
            return this;
        }
        Project outermost = this;
        for (FilePath each : upwards(files.root())) {
            ProjectFiles above = files.in(each);
            outermost = runner.fits(above) ? new Project(above, runner) : outermost;
        }
        return outermost;
    }

    private static Optional<Project> below(ProjectFiles files, List<Runner> runners, int depth) {
        List<ProjectFiles> directories = files.names("").stream()
                .filter(name -> !name.startsWith(".") && !SKIPPED.contains(name))
                .map(name -> files.in(files.root().resolve(name)))
                .filter(each -> each.workspace()
                        .info(each.root())
                        .filter(FileInfo::isDirectory)
                        .isPresent())
                .toList();
        for (ProjectFiles each : directories) {
            Optional<Project> found = in(each, runners);
            if (found.isPresent()) {
                return found;
            }
        }
        return depth == DEEPEST
                ? Optional.empty()
                : directories.stream()
                        .flatMap(each -> below(each, runners, depth + 1).stream())
                        .findFirst();
    }

    /// A path of the workspace, relative to this project.
    public String relative(FilePath path) {
        String root = files.root().value();
        return root.isEmpty() || !path.value().startsWith(root + "/")
                ? path.value()
                : path.value().substring(root.length() + 1);
    }

    public TestCommand command(Selection selection) {
        return runner.command(files, selection);
    }

    public Optional<TestCommand> withCoverage(Selection selection) {
        return runner.withCoverage(files, selection);
    }
}
