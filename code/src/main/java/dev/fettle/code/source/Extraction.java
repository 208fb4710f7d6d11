package dev.fettle.code.source;

import dev.fettle.code.syntax.Match;
import dev.fettle.code.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Makes an outline of what a language's query captures; which language it is does not matter here.
/// Captures:
///
/// - `@definition.<kind>` on what is defined, with `@name` and, where there is one, `@body` in the same
///   pattern; of patterns for the same node the first in the query counts
/// - `@reference.<kind>` and `@import` on names
/// - `@branch` on what makes the code around it more complex by one
/// - `@entry` on a definition that runs by itself, or on something inside of it
final class Extraction {
    private static final String DEFINITION = "definition.";
    private static final String REFERENCE = "reference.";

    private final LanguageRules rules;
    private final SyntaxTree tree;
    private final SourceText text;
    private final List<String> captures;
    private final Map<Integer, Definition> definitions = new HashMap<>();
    private final List<Use> uses = new ArrayList<>();
    private final List<Integer> branches = new ArrayList<>();
    private final List<Integer> entries = new ArrayList<>();
    private final List<Import> imports = new ArrayList<>();
    private final BitSet names = new BitSet();
    private final BitSet used = new BitSet();

    Extraction(LanguageRules rules, SyntaxTree tree, SourceText text) {
        this.rules = rules;
        this.tree = tree;
        this.text = text;
        this.captures = rules.query().captures();
    }

    private record Definition(int rule, int node, Symbol.Kind kind, int name, int body) {}

    private record Use(int node, Reference.Kind kind) {}

    Outline outline(Language language) {
        rules.query().find(tree, text.bytes(), this::take);
        List<Definition> ordered = definitions.values().stream()
                .sorted(Comparator.comparingInt(Definition::node))
                .toList();
        int[] containers =
                containers(ordered, ordered.stream().mapToInt(Definition::node).toArray(), true);
        return new Outline(
                language,
                text.lines(),
                symbols(ordered, containers),
                references(ordered),
                imports.stream().distinct().toList(),
                tree.hasError());
    }

    private void take(Match match) {
        int definition = -1;
        int name = -1;
        int body = -1;
        Symbol.Kind kind = Symbol.Kind.KEY;
        for (int i = 0; i < match.size(); i++) {
            String capture = captures.get(match.capture(i));
            int node = match.node(i);
            switch (capture) {
                case "name" -> name = node;
                case "body" -> body = node;
                case "branch" -> branches.add(node);
                case "entry" -> entries.add(node);
                case "import" -> imports.add(new Import(unquoted(node), text.line(tree.start(node))));
                default -> {
                    if (capture.startsWith(DEFINITION)) {
                        definition = node;
                        kind = Symbol.Kind.valueOf(upper(capture, DEFINITION));
                    } else if (capture.startsWith(REFERENCE) && !used.get(node)) {
                        used.set(node);
                        uses.add(new Use(node, Reference.Kind.valueOf(upper(capture, REFERENCE))));
                    }
                }
            }
        }
        if (definition >= 0 && name >= 0) {
            define(new Definition(match.rule(), definition, kind, name, body));
        }
    }

    /// One node defines one thing, but for lists of names: `int a, b`.
    private void define(Definition found) {
        Definition known = definitions.get(found.node());
        names.set(found.name());
        if (known == null || known.rule() > found.rule()) {
            definitions.put(found.node(), found);
        } else if (known.rule() == found.rule() && known.name() != found.name()) {
            definitions.putIfAbsent(
                    found.name(), new Definition(found.rule(), found.name(), found.kind(), found.name(), -1));
        }
    }

    private static String upper(String capture, String prefix) {
        return capture.substring(prefix.length()).toUpperCase(Locale.ROOT);
    }

    private String text(int node) {
        return text.slice(tree.start(node), tree.end(node));
    }

    private String unquoted(int node) {
        String raw = text(node).strip();
        boolean isQuoted = raw.length() >= 2 && "\"'`<".indexOf(raw.charAt(0)) >= 0;
        return isQuoted ? raw.substring(1, raw.length() - 1) : raw;
    }

    /// For each of some nodes, in order, the innermost definition around it.
    ///
    /// @param isStrict whether a definition is not around itself
    private int[] containers(List<Definition> ordered, int[] nodes, boolean isStrict) {
        int[] containers = new int[nodes.length];
        int[] open = new int[ordered.size()];
        int depth = 0;
        int next = 0;
        for (int i = 0; i < nodes.length; i++) {
            int node = nodes[i];
            while (next < ordered.size()
                    && ordered.get(next).node() <= node
                    && !(isStrict && ordered.get(next).node() == node)) {
                depth = closed(ordered, open, depth, ordered.get(next).node());
                open[depth++] = next++;
            }
            depth = closed(ordered, open, depth, node);
            containers[i] = depth == 0 ? -1 : open[depth - 1];
        }
        return containers;
    }

    private int closed(List<Definition> ordered, int[] open, int depth, int node) {
        int left = depth;
        while (left > 0 && tree.next(ordered.get(open[left - 1]).node()) <= node) {
            left--;
        }
        return left;
    }

    private List<Symbol> symbols(List<Definition> ordered, int[] containers) {
        int[] complexity = complexity(ordered, containers);
        BitSet entered = new BitSet();
        int[] entryNodes = entries.stream().mapToInt(Integer::intValue).sorted().toArray();
        for (int container : containers(ordered, entryNodes, false)) {
            if (container >= 0) {
                entered.set(container);
            }
        }
        List<Symbol> symbols = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
            Definition each = ordered.get(i);
            symbols.add(new Symbol(
                    unquoted(each.name()),
                    each.kind(),
                    signature(each),
                    text.line(tree.start(each.node())),
                    text.line(Math.max(tree.start(each.node()), tree.end(each.node()) - 1)),
                    containers[i],
                    complexity[i],
                    entered.get(i)));
        }
        return symbols;
    }

    /// A branch counts for the innermost definition around it that runs.
    private int[] complexity(List<Definition> ordered, int[] containers) {
        int[] complexity = new int[ordered.size()];
        for (int i = 0; i < complexity.length; i++) {
            complexity[i] = ordered.get(i).kind().isCallable() ? 1 : 0;
        }
        int[] nodes = branches.stream().mapToInt(Integer::intValue).sorted().toArray();
        for (int container : containers(ordered, nodes, false)) {
            int at = container;
            while (at >= 0 && !ordered.get(at).kind().isCallable()) {
                at = containers[at];
            }
            if (at >= 0) {
                complexity[at]++;
            }
        }
        return complexity;
    }

    private List<Reference> references(List<Definition> ordered) {
        uses.removeIf(use -> names.get(use.node()));
        uses.sort(Comparator.comparingInt(Use::node));
        int[] from = containers(ordered, uses.stream().mapToInt(Use::node).toArray(), false);
        List<Reference> references = new ArrayList<>();
        for (int i = 0; i < uses.size(); i++) {
            Use use = uses.get(i);
            references.add(new Reference(text(use.node()), use.kind(), text.line(tree.start(use.node())), from[i]));
        }
        return references;
    }

    private String signature(Definition definition) {
        int start = tree.start(definition.node());
        int end = definition.body() >= 0 ? tree.start(definition.body()) : tree.end(definition.node());
        String source = text.slice(start, Math.min(end, start + Signature.MOST_SOURCE));
        // What has no body is often its own content: its first line says what it is.
        boolean isWhole = definition.body() >= 0 || definition.kind().isCallable();
        return Signature.of(source, isWhole);
    }
}
