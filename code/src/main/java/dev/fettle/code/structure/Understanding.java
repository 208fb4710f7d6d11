package dev.fettle.code.structure;

import dev.fettle.code.index.CodeIndex;
import dev.fettle.code.index.CodeIndex.Trait;
import dev.fettle.code.index.Definition;
import dev.fettle.code.index.IndexedFile;
import dev.fettle.code.map.Focus;
import dev.fettle.code.map.Imports;
import dev.fettle.code.map.RepositoryMap;
import dev.fettle.code.source.Language;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Makes a [Structure] of what an index knows.
public final class Understanding {
    private static final int MOST_FILES = 500;
    private static final int MOST_MODULES = 500;
    private static final int MOST_PLACES = 20;
    private static final int MOST_LEFT = 100;
    private static final int MOST_TESTS = 10;
    /// A name that more files define does not say which of them a test touches.
    private static final int MOST_DEFINERS = 2;

    private final CodeIndex index;
    private final String scope;
    private final List<IndexedFile> all;
    private final List<IndexedFile> inside;
    private final Imports imports;

    private Understanding(CodeIndex index, String scope) {
        this.index = index;
        this.scope = scope;
        this.all = index.files();
        this.inside = all.stream().filter(each -> isInside(each.path())).toList();
        this.imports = new Imports(all);
    }

    /// The structure of a part of a workspace.
    ///
    /// @param scope a file or directory, relative to the workspace; empty for all of it
    /// @param churn what git knows, of the whole workspace
    public static Structure of(CodeIndex index, String scope, List<Churn> churn) {
        return new Understanding(index, scope).structure(churn);
    }

    private Structure structure(List<Churn> churn) {
        List<IndexedFile> shown = RepositoryMap.of(index, imports, Focus.NONE).files().stream()
                .filter(each -> isInside(each.path()) && each.skipped().isEmpty())
                .limit(MOST_FILES)
                .toList();
        NavigableMap<String, NavigableSet<String>> uses = uses();
        Map<String, NavigableSet<String>> tests = tests();
        return new Structure(
                name(),
                totals(),
                modules(uses),
                Cycles.of(uses),
                shown.stream().map(each -> file(each, tests)).toList(),
                new CallGraph(index, imports).of(shown),
                places(Trait.ENTRY),
                places(Trait.COMPLEX),
                places(Trait.LARGE),
                churn.stream()
                        .filter(each -> isInside(each.path()))
                        .limit(MOST_PLACES)
                        .toList(),
                left());
    }

    private List<Structure.Left> left() {
        return inside.isEmpty()
                ? List.of(new Structure.Left(
                        name(), "nothing of it is in a language that is understood, or git ignores it"))
                : inside.stream()
                        .flatMap(each -> each.skipped().stream().map(why -> new Structure.Left(each.path(), why)))
                        .limit(MOST_LEFT)
                        .toList();
    }

    private String name() {
        return scope.isEmpty() ? "." : scope;
    }

    private boolean isInside(String path) {
        return scope.isEmpty() || path.equals(scope) || path.startsWith(scope + "/");
    }

    private Structure.Totals totals() {
        Map<Language, int[]> shares = new HashMap<>();
        for (IndexedFile each : read()) {
            int[] share = shares.computeIfAbsent(each.language(), _ -> new int[2]);
            share[0]++;
            share[1] += each.lines();
        }
        return new Structure.Totals(
                read().size(),
                read().stream().mapToInt(IndexedFile::lines).sum(),
                index.symbolCount(scope),
                shares.entrySet().stream()
                        .map(each -> new Structure.Share(each.getKey(), each.getValue()[0], each.getValue()[1]))
                        .sorted(Comparator.comparingInt((Structure.Share share) -> -share.lines())
                                .thenComparing(Structure.Share::language))
                        .toList());
    }

    private List<IndexedFile> read() {
        return inside.stream().filter(each -> each.skipped().isEmpty()).toList();
    }

    /// Which directory imports from which.
    private NavigableMap<String, NavigableSet<String>> uses() {
        NavigableMap<String, NavigableSet<String>> uses = new TreeMap<>();
        read().forEach(each -> uses.computeIfAbsent(module(each.path()), _ -> new TreeSet<>()));
        imports.resolved(index, (from, to) -> {
            if (isInside(from) && !module(from).equals(module(to))) {
                uses.computeIfAbsent(module(from), _ -> new TreeSet<>()).add(module(to));
            }
        });
        return uses;
    }

    private static String module(String path) {
        String directory = Imports.directory(path);
        return directory.isEmpty() ? "." : directory;
    }

    private List<Structure.Module> modules(NavigableMap<String, NavigableSet<String>> uses) {
        Map<String, int[]> sizes = new HashMap<>();
        for (IndexedFile each : read()) {
            int[] size = sizes.computeIfAbsent(module(each.path()), _ -> new int[2]);
            size[0]++;
            size[1] += each.lines();
        }
        List<Structure.Module> modules = new ArrayList<>();
        uses.forEach((name, used) -> {
            int[] size = sizes.getOrDefault(name, new int[2]);
            modules.add(new Structure.Module(name, size[0], size[1], List.copyOf(used)));
        });
        return modules.stream()
                .sorted(Comparator.comparingInt((Structure.Module each) -> -each.lines())
                        .thenComparing(Structure.Module::name))
                .limit(MOST_MODULES)
                .toList();
    }

    /// The tests that use what a file defines, by the file's path.
    private Map<String, NavigableSet<String>> tests() {
        Map<Integer, String> paths = new HashMap<>();
        all.forEach(each -> paths.put(each.id(), each.path()));
        Map<String, NavigableSet<String>> tests = new HashMap<>();
        index.uses(MOST_DEFINERS, use -> {
            if (use.isType()) {
                touch(tests, paths.getOrDefault(use.user(), ""), paths.getOrDefault(use.definer(), ""));
            }
        });
        imports.resolved(index, (from, to) -> touch(tests, from, to));
        return tests;
    }

    private void touch(Map<String, NavigableSet<String>> tests, String test, String file) {
        if (TestFiles.isTest(test) && !TestFiles.isTest(file) && isInside(file)) {
            tests.computeIfAbsent(file, _ -> new TreeSet<>()).add(test);
        }
    }

    private Structure.SourceFile file(IndexedFile file, Map<String, NavigableSet<String>> tests) {
        return new Structure.SourceFile(
                file.path(),
                file.language(),
                file.lines(),
                file.hasError(),
                index.symbols(file.id()),
                index.imports(file.id()),
                tests.getOrDefault(file.path(), new TreeSet<>()).stream()
                        .limit(MOST_TESTS)
                        .toList());
    }

    private List<Structure.Place> places(Trait trait) {
        return index.definitions(trait, scope, MOST_PLACES).stream()
                .map(Understanding::place)
                .toList();
    }

    private static Structure.Place place(Definition found) {
        return new Structure.Place(
                found.path(),
                found.symbol().first(),
                found.qualifiedName(),
                found.symbol().signature(),
                found.symbol().complexity(),
                found.symbol().lines());
    }
}
