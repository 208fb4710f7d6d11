package dev.fettle.code.map;

import dev.fettle.code.index.CodeIndex;
import dev.fettle.code.index.IndexedFile;
import dev.fettle.code.source.Language;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which files of a project imports mean, by their paths: `shop.cart.Cart` is a file that ends in
/// `shop/cart/Cart`, `./cart` one beside the file. What is not found is from outside.
public final class Imports {
    /// Two ways to write the same, one for the compiler and one for the browser, are one family.
    private static final Map<Language, Language> FAMILIES = Map.of(
            Language.TSX, Language.TYPESCRIPT,
            Language.JAVASCRIPT, Language.TYPESCRIPT,
            Language.CPP, Language.C,
            Language.KOTLIN, Language.JAVA);

    private final Map<Language, Family> families = new HashMap<>();
    private final List<IndexedFile> files;
    private final Map<Integer, IndexedFile> byNumber = new HashMap<>();

    public Imports(List<IndexedFile> files) {
        this.files = List.copyOf(files);
        for (IndexedFile each : files) {
            byNumber.put(each.id(), each);
            families.computeIfAbsent(family(each.language()), _ -> new Family()).add(each.path());
        }
    }

    /// Whether files in one language can speak of what files in another define.
    public static boolean areKin(Language a, Language b) {
        return family(a) == family(b);
    }

    private static Language family(Language language) {
        return FAMILIES.getOrDefault(language, language);
    }

    /// The files that can be meant.
    List<IndexedFile> files() {
        return files;
    }

    /// Shows which file imports which, as far as both are here.
    ///
    /// @param visitor takes the path of the one that imports, and of what it imports
    public void resolved(CodeIndex index, BiConsumer<String, String> visitor) {
        index.imports((number, wanted) -> Optional.ofNullable(byNumber.get(number))
                .ifPresent(from -> resolve(from.path(), from.language(), wanted.target())
                        .ifPresent(to -> visitor.accept(from.path(), to))));
    }

    /// The file that an import in another means; of several the nearest, of those the first.
    public Optional<String> resolve(String from, Language language, String target) {
        Family family = families.getOrDefault(family(language), new Family());
        String path = path(from, language, target);
        Optional<String> found = Optional.empty();
        // What follows the file's name is something inside of it: `a.b.Cart.LIMIT`.
        for (int cut = 0; cut < 3 && found.isEmpty() && (cut == 0 || path.contains("/")); cut++) {
            found = family.find(from, path);
            path = directory(path);
        }
        if (found.isEmpty() && startsAbove(language)) {
            found = family.findBelow(from, path(from, language, target));
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

    /// Files of languages that speak of each other. Thousands may have a name that thousands import, as
    /// `index`, and what is from outside is looked for as often: what a path fits is found once.
    private static final class Family {
        /// By the last name of the path, with and without its end; files may stand for their directory, too.
        private final Map<String, NavigableSet<String>> named = new HashMap<>();

        private final Map<String, NavigableSet<String>> fitting = new HashMap<>();

        void add(String path) {
            for (String name : List.of(last(stem(path)), last(directory(path)), last(path))) {
                named.computeIfAbsent(name, _ -> new TreeSet<>()).add(path);
            }
        }

        Optional<String> findBelow(String from, String path) {
            Optional<String> found = Optional.empty();
            String rest = path;
            while (found.isEmpty() && rest.contains("/")) {
                rest = rest.substring(rest.indexOf('/') + 1);
                found = find(from, rest);
            }
            return found;
        }

        /// A path that begins with `/` is a whole one; others are ends of paths.
        Optional<String> find(String from, String path) {
            NavigableSet<String> all = named.getOrDefault(last(path), Collections.emptyNavigableSet());
            if (!path.contains("/")) {
                return nearest(from, all);
            }
            return nearest(
                    from,
                    path.startsWith("/")
                            ? fitting(
                                    path,
                                    all.subSet(path.substring(1), true, path.substring(1) + Character.MAX_VALUE, true))
                            : fitting.computeIfAbsent(path, _ -> fitting(path, all)));
        }

        private static NavigableSet<String> fitting(String path, NavigableSet<String> all) {
            NavigableSet<String> found =
                    all.stream().filter(each -> fits(each, path)).collect(Collectors.toCollection(TreeSet::new));
            return found.isEmpty() ? Collections.emptyNavigableSet() : found;
        }

        /// The one whose path has the longest beginning in common: in their order it is beside. Of several the first.
        private static Optional<String> nearest(String from, NavigableSet<String> paths) {
            int common = Stream.of(Optional.ofNullable(paths.floor(from)), Optional.ofNullable(paths.ceiling(from)))
                    .flatMap(Optional::stream)
                    .mapToInt(each -> near(from, each))
                    .max()
                    .orElse(0);
            return Optional.ofNullable(paths.ceiling(from.substring(0, common)));
        }
    }

    private static boolean fits(String file, String path) {
        return ends(stem(file), path) || ends(file, path) || ends(directory(file), path);
    }

    private static boolean ends(String file, String path) {
        int before = file.length() - path.length();
        return path.startsWith("/")
                ? before == -1 && path.endsWith(file)
                : file.endsWith(path) && (before == 0 || file.charAt(before - 1) == '/');
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
