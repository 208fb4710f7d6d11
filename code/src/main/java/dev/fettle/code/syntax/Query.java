package dev.fettle.code.syntax;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Patterns to be found in syntax trees, written as for tree-sitter.
///
/// Tree-sitter's own queries find the same. They walk the tree once more, which takes more than half as long
/// as parsing it did; in a copied tree there is next to nothing to do.
public final class Query {
    /// How editors write that a query goes on where another ends; to tree-sitter it is a comment.
    private static final String INHERITS = "; inherits: ";

    private final List<List<Rule>> byKind = new ArrayList<>();
    private final List<String> captures;
    private final boolean[] wanted;
    private final Grammar grammar;

    /// A pattern, and what its captures have to be like.
    record Rule(int number, Pattern pattern, List<Condition> conditions) {
        Rule {
            conditions = List.copyOf(conditions);
        }
    }

    /// Takes what is found, by the order of the text.
    public interface Visitor {
        /// A place where a pattern fits.
        ///
        /// @param match is overwritten by the next one
        void found(Match match);
    }

    Query(Grammar grammar, List<Rule> rules, List<String> captures, Set<Integer> wanted) {
        this.grammar = grammar;
        this.captures = List.copyOf(captures);
        this.wanted = new boolean[grammar.kinds()];
        wanted.forEach(kind -> this.wanted[kind] = true);
        for (int i = 0; i < grammar.kinds(); i++) {
            byKind.add(new ArrayList<>());
        }
        for (Rule rule : rules) {
            rule.pattern().shapes().stream()
                    .mapToInt(Pattern.Shape::kind)
                    .distinct()
                    .forEach(kind -> byKind.get(kind).add(rule));
        }
    }

    /// Reads a query.
    ///
    /// @throws IllegalArgumentException if it is none, or names what the grammar does not have
    public static Query parse(Grammar grammar, String text) {
        return new QueryReader(grammar, text).read();
    }

    /// Our query of a language, in front of it the one that its first line says it inherits.
    ///
    /// @param language as its grammar is called
    public static String text(String language) {
        String name = "/dev/fettle/code/queries/%s.scm".formatted(language);
        try (InputStream in = Query.class.getResourceAsStream(name)) {
            String text = new String(
                    Objects.requireNonNull(in, () -> "There is no " + name).readAllBytes(), StandardCharsets.UTF_8);
            return text.startsWith(INHERITS)
                    ? text(text.substring(INHERITS.length(), text.indexOf('\n'))) + text
                    : text;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name, e);
        }
    }

    /// The names of captures, by number.
    public List<String> captures() {
        return captures;
    }

    /// Whether signs and keywords of a kind have to be in the tree.
    boolean wants(int kind) {
        return kind < wanted.length && wanted[kind];
    }

    /// Shows every match in a tree.
    ///
    /// @param source what the tree was parsed from
    public void find(SyntaxTree tree, byte[] source, Visitor visitor) {
        Match match = new Match();
        for (int node = 0; node < tree.size(); node++) {
            int kind = tree.kind(node);
            // Broken parts are of a kind past all others.
            List<Rule> rules = kind < byKind.size() ? byKind.get(kind) : List.of();
            for (Rule rule : rules) {
                match.begin(rule.number());
                new Search(tree, grammar, match).node(rule.pattern(), node, () -> {
                    if (holds(rule, tree, source, match)) {
                        visitor.found(match);
                    }
                });
            }
        }
    }

    private static boolean holds(Rule rule, SyntaxTree tree, byte[] source, Match match) {
        for (Condition condition : rule.conditions()) {
            for (int i = 0; i < match.size(); i++) {
                int node = match.node(i);
                if (match.capture(i) == condition.capture() && !condition.test().test(text(tree, source, node))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static String text(SyntaxTree tree, byte[] source, int node) {
        return new String(source, tree.start(node), tree.end(node) - tree.start(node), StandardCharsets.UTF_8);
    }

    /// Tries every way in which a pattern fits.
    private record Search(SyntaxTree tree, Grammar grammar, Match match) {

        /// Fits a node, then goes on with `then`.
        void node(Pattern pattern, int node, Runnable then) {
            int before = match.size();
            pattern.captures().forEach(capture -> match.push(capture, node));
            for (Pattern.Shape shape : pattern.shapes()) {
                if (fits(shape.kind(), tree.kind(node))) {
                    if (shape.children().isEmpty()) {
                        then.run();
                    } else {
                        children(shape.children(), 0, node + 1, tree.next(node), then);
                    }
                }
            }
            match.pop(before);
        }

        private boolean fits(int wanted, int kind) {
            return wanted == Pattern.ANY ? grammar.isNamed(kind) : wanted == kind;
        }

        private void children(List<Pattern.Child> children, int i, int from, int end, Runnable then) {
            if (i == children.size()) {
                then.run();
                return;
            }
            Pattern.Child child = children.get(i);
            for (int node = from; node < end; node = tree.next(node)) {
                if (child.field() == 0 || child.field() == tree.field(node)) {
                    int next = tree.next(node);
                    node(child.pattern(), node, () -> children(children, i + 1, next, end, then));
                }
            }
        }
    }
}
