package dev.fettle.code.map;

import dev.fettle.code.index.IndexedFile;
import dev.fettle.code.source.Language;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// Which files of a project imports mean, by their paths: `shop.cart.Cart` is a file that ends in
/// `shop/cart/Cart`, `./cart` one beside the file. What is not found is from outside.
public final class Imports {
    /// Two ways to write the same, one for the compiler and one for the browser, are one family.
    private static final Map<Language, Language> FAMILIES = Map.of(
            Language.TSX, Language.TYPESCRIPT,
            Language.JAVASCRIPT, Language.TYPESCRIPT,
            Language.CPP, Language.C,
            Language.KOTLIN, Language.JAVA);

    /// By family and last name of the path: `Cart`, and for files that stand for their directory its name.
    private final Map<Language, Map<String, NavigableSet<String>>> files = new HashMap<>();

    public Imports(List<IndexedFile> all) {
        for (IndexedFile each : all) {
            Map<String, NavigableSet<String>> family =
                    files.computeIfAbsent(family(each.language()), _ -> new HashMap<>());
            List<String> names = new ArrayList<>(List.of(last(stem(each.path()))));
            names.add(last(directory(each.path())));
            names.add(last(each.path()));
            names.stream()
                    .distinct()
                    .forEach(name ->
                            family.computeIfAbsent(name, _ -> new TreeSet<>()).add(each.path()));
        }
    }

    /// Whether files in one language can speak of what files in another define.
    public static boolean areKin(Language a, Language b) {
        return family(a) == family(b);
    }

    private static Language family(Language language) {
        return FAMILIES.getOrDefault(language, language);
    }

    /// The file that an import in another means; of several the nearest, of those the first.
    public Optional<String> resolve(String from, Language language, String target) {
        Map<String, NavigableSet<String>> family = files.getOrDefault(family(language), Map.of());
        String path = path(from, language, target);
        Optional<String> found = Optional.empty();
        // What follows the file's name is something inside of it: `a.b.Cart.LIMIT`.
        for (int cut = 0; cut < 3 && found.isEmpty() && (cut == 0 || path.contains("/")); cut++) {
            found = find(from, family, path);
            path = directory(path);
        }
        if (found.isEmpty() && startsAbove(language)) {
            found = findBelow(from, family, path(from, language, target));
        }
        return found.filter(each -> !each.equals(from));
    }

    private static String path(String from, Language language, String target) {
        String plain = target.strip();
        if (plain.startsWith("./") || plain.startsWith("../")) {
            return joined(directory(from), plain);
        }
        return switch (language) {
            case PYTHON -> python(from, plain);
            case JAVA, KOTLIN, C_SHARP -> plain.replace(".*", "").replace('.', '/');
            case RUST ->
                plain.replaceAll("^crate::", "src::")
                        .replaceAll("^(self|super)::", "")
                        .replaceAll("::[{*].*", "")
                        .replace("::", "/");
            case PHP -> plain.replace('\\', '/');
            case JAVASCRIPT, TYPESCRIPT, TSX, GO, C, CPP, RUBY, BASH, SQL, HTML, CSS, JSON, YAML, TOML -> plain;
        };
    }

    /// A dot before the name is the file's own directory, each more one further up.
    private static String python(String from, String target) {
        int dots = 0;
        while (dots < target.length() && target.charAt(dots) == '.') {
            dots++;
        }
        String name = target.substring(dots).replace('.', '/');
        return dots == 0 ? name : joined(directory(from), "../".repeat(dots - 1) + name);
    }

    private static String joined(String directory, String relative) {
        List<String> names = new ArrayList<>(directory.isEmpty() ? List.of() : List.of(directory.split("/", -1)));
        for (String each : relative.split("/", -1)) {
            if (each.equals("..")) {
                if (!names.isEmpty()) {
                    names.removeLast();
                }
            } else if (!each.equals(".") && !each.isEmpty()) {
                names.add(each);
            }
        }
        return "/" + String.join("/", names);
    }

    /// Whether imports begin with a name that stands for the whole project and is no directory of it.
    private static boolean startsAbove(Language language) {
        return language == Language.GO || language == Language.PHP || language == Language.C_SHARP;
    }

    private static Optional<String> findBelow(String from, Map<String, NavigableSet<String>> family, String path) {
        Optional<String> found = Optional.empty();
        String rest = path;
        while (found.isEmpty() && rest.contains("/")) {
            rest = rest.substring(rest.indexOf('/') + 1);
            found = find(from, family, rest);
        }
        return found;
    }

    /// A path that begins with `/` is a whole one; others are ends of paths.
    private static Optional<String> find(String from, Map<String, NavigableSet<String>> family, String path) {
        String best = "";
        int nearest = -1;
        for (String each : family.getOrDefault(last(path), new TreeSet<>())) {
            if (fits(each, path) && near(from, each) > nearest) {
                best = each;
                nearest = near(from, each);
            }
        }
        return nearest < 0 ? Optional.empty() : Optional.of(best);
    }

    private static boolean fits(String file, String path) {
        return ends(stem(file), path) || ends(file, path) || ends(directory(file), path);
    }

    private static boolean ends(String file, String path) {
        String whole = "/" + file;
        return path.startsWith("/") ? whole.equals(path) : whole.endsWith("/" + path);
    }

    private static int near(String a, String b) {
        int same = 0;
        while (same < Math.min(a.length(), b.length()) && a.charAt(same) == b.charAt(same)) {
            same++;
        }
        return same;
    }

    /// The directory of a path; empty for the root.
    public static String directory(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private static String stem(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') ? path.substring(0, dot) : path;
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
