package dev.fettle.code.syntax;

import java.util.List;

/// What a node has to look like.
///
/// @param shapes one of these fits
/// @param captures what the node is called then, by number
record Pattern(List<Shape> shapes, List<Integer> captures) {
    /// Any node that stands for a rule.
    static final int ANY = -1;

    Pattern {
        shapes = List.copyOf(shapes);
        captures = List.copyOf(captures);
    }

    /// A kind of node with certain children, in this order, others between them.
    ///
    /// @param kind or [#ANY]
    record Shape(int kind, List<Child> children) {
        Shape {
            children = List.copyOf(children);
        }
    }

    /// A child.
    ///
    /// @param field what it is to its parent; 0 for whatever
    record Child(int field, Pattern pattern) {}
}
