package dev.fettle.code.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.treesitter.TSNode;

/// A node of a syntax tree, copied out of native memory.
///
/// @param source the whole script; `start` and `end` are places in it
/// @param isNamed whether it is more than a piece of punctuation
record Syntax(String source, String type, boolean isNamed, int start, int end, List<Syntax> children) {
    /// Deeper than any script a person would write, and well within a thread's stack.
    static final int DEEPEST = 120;

    /// Copies a tree down to a certain depth.
    static Syntax copy(String source, TSNode node, int depth) {
        List<Syntax> children = new ArrayList<>();
        if (depth < DEEPEST) {
            for (int i = 0; i < node.getChildCount(); i++) {
                children.add(copy(source, node.getChild(i), depth + 1));
            }
        }
        return new Syntax(
                source, node.getType(), node.isNamed(), node.getStartByte(), node.getEndByte(), List.copyOf(children));
    }

    int depth() {
        return 1 + children.stream().mapToInt(Syntax::depth).max().orElse(0);
    }

    String text() {
        return source.substring(start, end);
    }

    boolean is(String other) {
        return type.equals(other);
    }

    Stream<Syntax> named() {
        return children.stream().filter(Syntax::isNamed);
    }

    /// The topmost nodes of these types below this one.
    Stream<Syntax> find(List<String> types) {
        return children.stream().flatMap(each -> types.contains(each.type()) ? Stream.of(each) : each.find(types));
    }
}
