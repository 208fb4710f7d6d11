package dev.fettle.code.repair.operator;

import dev.fettle.code.repair.syntax.Dialect;
import dev.fettle.code.repair.syntax.Kinds;
import dev.fettle.code.repair.syntax.Node;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Conditions that are wrong, missing or the wrong way round.
final class Conditions implements Operator {
    private static final int MOST_NAMES = 4;

    @Override
    public void propose(Node node, Scene scene) {
        if (isNot(node, scene)) {
            scene.replace(FaultClass.NEGATION, 1, node, scene.text(node.parts().getLast()));
        }
        if (node.is(Kinds.CALL) && scene.parent().filter(Conditions::isBoolean).isPresent()) {
            scene.replace(FaultClass.NEGATION, 0.8, node, scene.dialect().not(scene.text(node)));
        }
        condition(node).map(Node::bare).ifPresent(each -> condition(each, scene));
    }

    private static boolean isBoolean(Node node) {
        return node.is("boolean_operator", "parenthesized_expression", "return_statement");
    }

    private static boolean isNot(Node node, Scene scene) {
        return node.is("not_operator")
                || (node.is("unary_expression") && scene.text(node).startsWith("!"));
    }

    private static Optional<Node> condition(Node node) {
        if (node.is("if_clause")) {
            return node.parts().stream().findFirst();
        }
        if (node.is("conditional_expression") && node.parts().size() == 3) {
            return Optional.of(node.parts().get(1));
        }
        return node.part("condition").filter(Node::isNamed);
    }

    private static void condition(Node condition, Scene scene) {
        Dialect dialect = scene.dialect();
        String text = scene.text(condition);
        scene.replace(FaultClass.NEGATION, 0.9, condition, dialect.not(text));
        scene.replace(FaultClass.CONDITION, 0.4, condition, dialect.truth(true));
        scene.replace(FaultClass.CONDITION, 0.4, condition, dialect.truth(false));
        Set<String> others = new LinkedHashSet<>();
        List<String> names = scene.scope().names().stream().limit(MOST_NAMES).toList();
        names.forEach(name -> others.add(dialect.isThere(name)));
        scene.scope().conditions().stream().filter(each -> !each.equals(text)).forEach(other -> {
            others.add(other);
            others.add(dialect.not(other));
        });
        for (String other : others) {
            scene.replace(FaultClass.CONDITION, 0.5, condition, dialect.both(other, text));
            scene.replace(FaultClass.CONDITION, 0.4, condition, dialect.either(text, other));
        }
        for (String one : names) {
            scene.replace(FaultClass.CONDITION, 0.3, condition, dialect.either(text, dialect.not(one)));
            scene.replace(FaultClass.CONDITION, 0.3, condition, dialect.both(one, text));
            for (String sign : List.of("<", "<=", ">", ">=")) {
                for (String than : List.of("0", "1")) {
                    String bound = "%s %s %s".formatted(one, sign, than);
                    scene.replace(FaultClass.CONDITION, 0.25, condition, dialect.both(bound, text));
                    scene.replace(FaultClass.CONDITION, 0.25, condition, dialect.either(bound, text));
                }
            }
        }
        for (String name : names) {
            for (String other : names) {
                if (!name.equals(other)) {
                    for (String sign : List.of("<", "<=", "!=", "==")) {
                        String related = "%s %s %s".formatted(name, sign, other);
                        scene.replace(FaultClass.CONDITION, 0.2, condition, dialect.both(related, text));
                        scene.replace(FaultClass.CONDITION, 0.2, condition, dialect.either(related, text));
                    }
                }
            }
        }
    }
}
