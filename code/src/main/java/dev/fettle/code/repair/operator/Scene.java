package dev.fettle.code.repair.operator;

import dev.fettle.code.repair.syntax.Dialect;
import dev.fettle.code.repair.syntax.Kinds;
import dev.fettle.code.repair.syntax.Node;
import dev.fettle.code.repair.syntax.Source;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Where a walk through a file is: the node above, the function around, and what has been proposed so far.
final class Scene {
    private final Source source;
    private final Deque<Node> above = new ArrayDeque<>();
    private final Deque<Scope> scopes = new ArrayDeque<>();
    private final List<Mutant> mutants = new ArrayList<>();

    Scene(Source source) {
        this.source = source;
        scopes.push(new Scope(source, source.root()));
    }

    List<Mutant> walk(List<Operator> operators) {
        walk(source.root(), operators);
        return List.copyOf(mutants);
    }

    private void walk(Node node, List<Operator> operators) {
        boolean isFunction = node.is(Kinds.FUNCTION);
        if (isFunction) {
            scopes.push(new Scope(source, node));
        }
        if (node.isNamed()) {
            operators.forEach(operator -> operator.propose(node, this));
        }
        above.push(node);
        node.children().forEach(child -> walk(child, operators));
        above.pop();
        if (isFunction) {
            scopes.pop();
        }
    }

    Source source() {
        return source;
    }

    Dialect dialect() {
        return source.dialect();
    }

    Scope scope() {
        return scopes.getFirst();
    }

    String text(Node node) {
        return source.text(node);
    }

    Optional<Node> parent() {
        return Optional.ofNullable(above.peek());
    }

    boolean isBelow(String type) {
        return parent().filter(each -> each.is(type)).isPresent();
    }

    /// Whether a loop is around, in the same function.
    boolean isInLoop() {
        for (Node each : above) {
            if (each.is(Kinds.LOOP)) {
                return true;
            }
            if (each.is(Kinds.FUNCTION)) {
                return false;
            }
        }
        return false;
    }

    /// A fault in what says how often a loop runs is one of the loop.
    FaultClass inHeader(FaultClass fault) {
        Node inner = null;
        for (Node each : above) {
            if (each.is(Kinds.BLOCK)) {
                return fault;
            }
            if (each.is(Kinds.LOOP)) {
                return inner == null || !inner.field().equals("body") ? FaultClass.LOOP : fault;
            }
            inner = each;
        }
        return fault;
    }

    void replace(FaultClass fault, double form, Node node, String text) {
        if (!text(node).equals(text)) {
            propose(fault, form, node.line(), List.of(new Edit(node.start(), node.end(), text)));
        }
    }

    /// @param form how likely an edit of this form is, of those of its class: 0 to 1
    void propose(FaultClass fault, double form, int line, List<Edit> edits) {
        mutants.add(new Mutant(source.path(), fault, line, fault.share() * form, edits));
    }
}
