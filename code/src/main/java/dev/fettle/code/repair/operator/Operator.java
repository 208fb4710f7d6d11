package dev.fettle.code.repair.operator;

import dev.fettle.code.repair.syntax.Node;
/// A way in which programs are often wrong, turned round.

interface Operator {
    /// Proposes what might be meant by a node; does nothing if it is none of its kind.
    void propose(Node node, Scene scene);
}
