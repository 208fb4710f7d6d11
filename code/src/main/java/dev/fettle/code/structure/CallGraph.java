package dev.fettle.code.structure;

import dev.fettle.code.index.CodeIndex;
import dev.fettle.code.index.Definition;
import dev.fettle.code.index.IndexedFile;
import dev.fettle.code.map.Imports;
import dev.fettle.code.source.Language;
import dev.fettle.code.source.Outline;
import dev.fettle.code.source.Reference;
import dev.fettle.code.source.Symbol;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Who calls whom. Grammars know no types, so a call is resolved by its name: to the only definition of it
/// in the file, else in what the file imports, else in its directory, else anywhere, if the file speaks of
/// what it is in. Where there are several, none is claimed.
final class CallGraph {
    private static final int MOST = 2000;
    private static final int MOST_DEFINITIONS = 20;

    private final CodeIndex index;
    private final Imports imports;
    private final Map<String, List<Definition>> known = new HashMap<>();

    CallGraph(CodeIndex index, Imports imports) {
        this.index = index;
        this.imports = imports;
    }

    private record Edge(String fromPath, String from, String toPath, String to) {}

    /// The calls out of these files: those between files first, those of tests last; the more frequent
    /// before others.
    List<Structure.Call> of(List<IndexedFile> files) {
        Map<Edge, Integer> edges = new HashMap<>();
        for (IndexedFile each : files) {
            Outline outline = index.outline(each);
            Set<String> imported = outline.imports().stream()
                    .flatMap(wanted -> imports.resolve(each.path(), each.language(), wanted.target()).stream())
                    .collect(Collectors.toSet());
            Set<String> mentioned =
                    outline.references().stream().map(Reference::name).collect(Collectors.toSet());
            for (Reference reference : outline.references()) {
                if (reference.kind() == Reference.Kind.CALL && reference.from() >= 0) {
                    String from = qualified(outline.symbols(), reference.from());
                    target(reference.name(), each, imported, mentioned)
                            .ifPresent(to -> edges.merge(
                                    new Edge(each.path(), from, to.path(), to.qualifiedName()), 1, Integer::sum));
                }
            }
        }
        return edges.entrySet().stream()
                .map(each -> new Structure.Call(
                        each.getKey().fromPath(),
                        each.getKey().from(),
                        each.getKey().toPath(),
                        each.getKey().to(),
                        each.getValue()))
                .sorted(Comparator.comparing((Structure.Call call) -> TestFiles.isTest(call.fromPath()))
                        .thenComparing(call -> call.fromPath().equals(call.toPath()))
                        .thenComparingInt(call -> -call.count())
                        .thenComparing(Structure.Call::fromPath)
                        .thenComparing(Structure.Call::from)
                        .thenComparing(Structure.Call::toPath)
                        .thenComparing(Structure.Call::to))
                .limit(MOST)
                .toList();
    }

    private Optional<Definition> target(String name, IndexedFile file, Set<String> imported, Set<String> mentioned) {
        String path = file.path();
        List<Definition> all = known.computeIfAbsent(name, this::callable).stream()
                .filter(each -> Language.of(each.path())
                        .filter(language -> Imports.areKin(language, file.language()))
                        .isPresent())
                .toList();
        List<Predicate<Definition>> nearer = List.of(
                each -> each.path().equals(path),
                each -> imported.contains(each.path()) && !isPrivate(each),
                each -> Imports.directory(each.path()).equals(Imports.directory(path)) && !isPrivate(each),
                each -> !isPrivate(each) && isNamed(each, mentioned));
        for (Predicate<Definition> isNear : nearer) {
            List<Definition> near = all.stream().filter(isNear).toList();
            if (!near.isEmpty()) {
                return near.stream().map(CallGraph::place).distinct().count() == 1
                        ? Optional.of(near.getFirst())
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// Overloads are in the same place.
    private static String place(Definition definition) {
        return definition.path() + " " + definition.qualifiedName();
    }

    /// Whether it is in nothing, or in what the file speaks of elsewhere.
    private static boolean isNamed(Definition definition, Set<String> mentioned) {
        String container = definition.container();
        return container.isEmpty() || mentioned.contains(container.substring(container.lastIndexOf('.') + 1));
    }

    private static boolean isPrivate(Definition definition) {
        return definition.symbol().signature().startsWith("private ");
    }

    private List<Definition> callable(String name) {
        List<Definition> all = index.definitions(name, MOST_DEFINITIONS);
        return all.size() == MOST_DEFINITIONS
                ? List.of()
                : all.stream().filter(each -> isCalled(each.symbol().kind())).toList();
    }

    /// A constructor is called by the name of what it constructs.
    private static boolean isCalled(Symbol.Kind kind) {
        return switch (kind) {
            case CLASS, RECORD, STRUCT, FUNCTION, METHOD, MACRO -> true;
            case MODULE,
                    INTERFACE,
                    ENUM,
                    TRAIT,
                    TYPE,
                    CONSTRUCTOR,
                    FIELD,
                    CONSTANT,
                    VARIABLE,
                    TABLE,
                    RULE,
                    ELEMENT,
                    KEY -> false;
        };
    }

    private static String qualified(List<Symbol> symbols, int number) {
        String name = symbols.get(number).name();
        for (int at = symbols.get(number).container();
                at >= 0;
                at = symbols.get(at).container()) {
            name = symbols.get(at).name() + "." + name;
        }
        return name;
    }
}
