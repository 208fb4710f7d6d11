package dev.fettle.code.project;

import dev.fettle.code.report.Frame;
import dev.fettle.code.report.Reading;
import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The files of a workspace by their names, to say which one a stack trace or a compiler means. They write absolute
/// paths, of other machines too, paths from where they ran, or only a name.
public final class SourceFiles {
    /// What tools put there is not the project's own.
    private static final Set<String> NOT_OURS = Set.of(
            ".git",
            ".hg",
            "node_modules",
            "target",
            "build",
            "dist",
            "out",
            ".venv",
            "venv",
            "site-packages",
            "__pycache__",
            ".tox",
            ".gradle",
            ".idea",
            "vendor",
            "bin",
            "obj",
            ".next",
            "coverage");

    private static final int MOST_FILES = 100_000;

    private final String root;
    private final Map<String, List<String>> byName = new HashMap<>();
    private int count;

    private SourceFiles(String root) {
        this.root = root;
    }

    /// Looks at the whole workspace once.
    public static SourceFiles of(Workspace workspace) throws InterruptedException {
        SourceFiles files = new SourceFiles(workspace.name());
        files.walk(workspace, FilePath.ROOT);
        return files;
    }

    private void walk(Workspace workspace, FilePath directory) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        for (FileInfo child : children(workspace, directory)) {
            String name = child.path().name();
            if (child.isDirectory() && !NOT_OURS.contains(name)) {
                walk(workspace, child.path());
            } else if (child.isFile() && count < MOST_FILES) {
                count++;
                byName.computeIfAbsent(name, _ -> new ArrayList<>(1))
                        .add(child.path().value());
            }
        }
    }

    private static List<FileInfo> children(Workspace workspace, FilePath directory) {
        try {
            return workspace.list(directory);
        } catch (WorkspaceException e) {
            return List.of();
        }
    }

    /// Whether there is such a file.
    public boolean has(String path) {
        return byName.getOrDefault(path.substring(path.lastIndexOf('/') + 1), List.of())
                .contains(path);
    }

    /// The same with the workspace's paths where the files are its own.
    public Reading placed(Reading reading) {
        return new Reading(
                reading.tests().map(tests -> tests.mapped(this::placed)),
                reading.diagnostics().stream()
                        .map(each -> each.at(find(each.path(), "").orElse(each.path())))
                        .toList(),
                reading.traces().stream()
                        .map(trace -> trace.mapped(this::placed))
                        .toList());
    }

    private Frame placed(Frame frame) {
        return frame.at(find(frame.file(), frame.symbol()));
    }

    /// The file that was meant; empty if it is none of ours, or one of several that cannot be told apart.
    ///
    /// @param symbol what stands in the file: a Java frame names the package only there
    public Optional<String> find(String written, String symbol) {
        String path = written.replace('\\', '/');
        if (isForeign(path)) {
            return Optional.empty();
        }
        List<String> candidates = byName.getOrDefault(path.substring(path.lastIndexOf('/') + 1), List.of());
        if (path.startsWith(root + "/")) {
            return Optional.of(path.substring(root.length() + 1)).filter(candidates::contains);
        }
        String wanted = path.contains("/") ? path.replaceFirst("^(?:\\./)+", "") : packagePath(symbol) + path;
        if (candidates.contains(wanted)) {
            return Optional.of(wanted);
        }
        if (!path.contains("/") && wanted.contains("/")) {
            return single(candidates.stream()
                    .filter(each -> each.endsWith("/" + wanted))
                    .toList());
        }
        return best(candidates, wanted);
    }

    private static boolean isForeign(String path) {
        for (String directory : List.of("node_modules", "site-packages", "vendor", ".venv")) {
            if (path.contains("/" + directory + "/") || path.startsWith(directory + "/")) {
                return true;
            }
        }
        return path.startsWith("/usr/")
                || path.startsWith("node:")
                || path.startsWith("/rustc/")
                || path.contains("/lib/python");
    }

    /// `shop/` for `shop.Cart.total`; nothing where classes are not named so.
    private static String packagePath(String symbol) {
        StringBuilder path = new StringBuilder();
        for (String part : symbol.split("\\.", -1)) {
            if (part.isEmpty() || !Character.isLowerCase(part.charAt(0)) || !symbol.contains(".")) {
                break;
            }
            path.append(part).append('/');
        }
        return symbol.matches("(?:[a-z][\\w]*\\.)+[A-Z].*") ? path.toString() : "";
    }

    /// The one that has most of the path's end in common.
    private static Optional<String> best(List<String> candidates, String wanted) {
        int longest =
                candidates.stream().mapToInt(each -> common(each, wanted)).max().orElse(0);
        boolean mustShareDirectory = wanted.startsWith("/") && longest < 2;
        return mustShareDirectory && candidates.size() > 1
                ? Optional.empty()
                : single(candidates.stream()
                        .filter(each -> common(each, wanted) == longest)
                        .sorted(Comparator.naturalOrder())
                        .toList());
    }

    /// How many names at the end are the same.
    private static int common(String one, String other) {
        String[] ours = one.split("/", -1);
        String[] theirs = other.split("/", -1);
        int same = 0;
        while (same < Math.min(ours.length, theirs.length)
                && ours[ours.length - 1 - same].equals(theirs[theirs.length - 1 - same])) {
            same++;
        }
        return same;
    }

    private static Optional<String> single(List<String> candidates) {
        return candidates.size() == 1 ? Optional.of(candidates.getFirst()) : Optional.empty();
    }
}
