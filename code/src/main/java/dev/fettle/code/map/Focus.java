package dev.fettle.code.map;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a task is about, as far as it says so: the names in it that may be files or identifiers.
public final class Focus {
    private static final Pattern IDENTIFIER = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]{2,}");
    private static final Pattern PATH = Pattern.compile("[\\p{L}\\p{N}_./-]+");

    /// Of nothing in particular.
    public static final Focus NONE = new Focus("");

    private final Set<String> identifiers;
    private final Set<String> paths;

    public Focus(String task) {
        this.identifiers = found(IDENTIFIER, task);
        this.paths = found(PATH, task);
    }

    private static Set<String> found(Pattern pattern, String task) {
        return pattern.matcher(task).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    boolean names(String identifier) {
        return identifiers.contains(identifier);
    }

    /// Whether a file is named by its path, the end of it, or its name without what follows the dot.
    boolean namesFile(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        String stem = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        return paths.contains(path)
                || paths.contains(name)
                || identifiers.contains(stem)
                || paths.stream().anyMatch(each -> each.contains("/") && path.endsWith("/" + strip(each)));
    }

    private static String strip(String path) {
        return path.startsWith("./") ? path.substring(2) : path.startsWith("/") ? path.substring(1) : path;
    }
}
