package dev.fettle.code.repair.syntax;

import dev.fettle.code.source.SourceText;
import dev.fettle.code.syntax.Grammar;
import dev.fettle.code.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// A node of a syntax tree, to be asked by the names of its grammar.
///
/// @param field its part in the node above, as the grammar calls it; may be empty
/// @param isNamed whether it is more than a piece of punctuation
/// @param start the place of its first byte in the file
/// @param line counted from 1
public record Node(String type, String field, boolean isNamed, int start, int end, int line, List<Node> children) {
    /// Deeper than code that people write, and well within a thread's stack.
    private static final int DEEPEST = 200;

    /// The root of a tree with all its signs and keywords.
    static Node root(Grammar grammar, SyntaxTree tree, SourceText text) {
        return new Copy(grammar, tree, text).node(0, 0);
    }

    private record Copy(Grammar grammar, SyntaxTree tree, SourceText text) {
        Node node(int number, int depth) {
            List<Node> children = new ArrayList<>();
            if (depth < DEEPEST) {
                for (int i = number + 1; i < tree.next(number); i = tree.next(i)) {
                    children.add(node(i, depth + 1));
                }
            }
            return new Node(
                    grammar.kindName(tree.kind(number)),
                    grammar.fieldName(tree.field(number)),
                    grammar.isNamed(tree.kind(number)),
                    tree.start(number),
                    tree.end(number),
                    text.line(tree.start(number)),
                    List.copyOf(children));
        }
    }

    public boolean is(String... types) {
        return List.of(types).contains(type);
    }

    public boolean is(Set<String> types) {
        return types.contains(type);
    }

    /// The named children, comments left out.
    public List<Node> parts() {
        return children.stream()
                .filter(each -> each.isNamed() && !each.type().contains("comment"))
                .toList();
    }

    public Optional<Node> part(String name) {
        return children.stream().filter(each -> each.field().equals(name)).findFirst();
    }

    public Optional<Node> first(Set<String> types) {
        return children.stream().filter(each -> each.is(types)).findFirst();
    }

    /// What is left without the parentheses around it.
    public Node bare() {
        List<Node> parts = parts();
        return type.equals("parenthesized_expression") && parts.size() == 1
                ? parts.getFirst().bare()
                : this;
    }

    public void each(Consumer<Node> visitor) {
        visitor.accept(this);
        children.forEach(child -> child.each(visitor));
    }
}
