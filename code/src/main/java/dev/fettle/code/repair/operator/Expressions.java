package dev.fettle.code.repair.operator;

import dev.fettle.code.repair.syntax.Dialect;
import dev.fettle.code.repair.syntax.Kinds;
import dev.fettle.code.repair.syntax.Node;
import java.util.List;
import java.util.Map;

/// Operators, comparisons, and what they are given.
final class Expressions implements Operator {
    private static final Map<String, List<String>> COMPARISONS = Map.ofEntries(
            Map.entry("<", List.of("<=", ">", ">=", "!=")),
            Map.entry("<=", List.of("<", ">=", ">", "==")),
            Map.entry(">", List.of(">=", "<", "<=", "!=")),
            Map.entry(">=", List.of(">", "<=", "<", "==")),
            Map.entry("==", List.of("!=", "<=", ">=", "<", ">")),
            Map.entry("!=", List.of("==", "<", ">")),
            Map.entry("===", List.of("!==", "<=", ">=", "<", ">")),
            Map.entry("!==", List.of("===", "<", ">")),
            Map.entry("in", List.of("not in")),
            Map.entry("not in", List.of("in")),
            Map.entry("is", List.of("is not", "==")),
            Map.entry("is not", List.of("is", "!=")));

    private static final Map<String, List<String>> OPERATORS = Map.ofEntries(
            Map.entry("+", List.of("-", "*")),
            Map.entry("-", List.of("+", "*", "/")),
            Map.entry("*", List.of("/", "+", "**")),
            Map.entry("/", List.of("*", "%", "//", "-")),
            Map.entry("%", List.of("/", "*", "//")),
            Map.entry("//", List.of("/", "%", "*")),
            Map.entry("**", List.of("*")),
            Map.entry("&", List.of("|", "^", "&&")),
            Map.entry("|", List.of("&", "^", "||")),
            Map.entry("^", List.of("&", "|")),
            Map.entry("<<", List.of(">>")),
            Map.entry(">>", List.of("<<", ">>>")),
            Map.entry(">>>", List.of(">>", "<<")),
            Map.entry("??", List.of("||", "&&")),
            Map.entry("&&", List.of("||")),
            Map.entry("||", List.of("&&", "??")),
            Map.entry("and", List.of("or")),
            Map.entry("or", List.of("and")),
            Map.entry("+=", List.of("-=", "=", "*=")),
            Map.entry("-=", List.of("+=", "=")),
            Map.entry("*=", List.of("+=", "/=", "=")),
            Map.entry("/=", List.of("*=", "//=")),
            Map.entry("//=", List.of("/=", "*=")),
            Map.entry("%=", List.of("/=", "//=")),
            Map.entry("|=", List.of("&=", "^=")),
            Map.entry("&=", List.of("|=")),
            Map.entry("=", List.of("+=")),
            Map.entry("++", List.of("--")),
            Map.entry("--", List.of("++")));

    private static final List<String> LOGICAL = List.of("&&", "||", "and", "or", "??");

    @Override
    public void propose(Node node, Scene scene) {
        if (node.is(Kinds.BINARY) && node.parts().size() == 2) {
            binary(node, scene);
        } else if (node.is(Kinds.ASSIGNMENT) || node.is("update_expression")) {
            node.children().stream()
                    .filter(each -> !each.isNamed())
                    .forEach(sign -> spelled(sign, scene, sign.is("=") ? 0.35 : 0.9));
        } else if (node.is(Kinds.UNARY) && scene.text(node).startsWith("-")) {
            scene.replace(FaultClass.OPERATOR, 0.6, node, scene.text(node).substring(1));
        } else if (node.is(Kinds.INDEXED)) {
            index(node, scene);
        }
    }

    private static void spelled(Node sign, Scene scene, double form) {
        double chance = form;
        for (String each : OPERATORS.getOrDefault(scene.text(sign), List.of())) {
            scene.replace(scene.inHeader(FaultClass.OPERATOR), chance, sign, each);
            chance *= 0.85;
        }
    }

    private static void binary(Node node, Scene scene) {
        Node left = node.parts().getFirst();
        Node right = node.parts().getLast();
        String one = scene.text(left);
        String other = scene.text(right);
        String sign = scene.source().between(left, right).strip();
        if (COMPARISONS.containsKey(sign)) {
            comparison(node, scene, sign);
        } else if (LOGICAL.contains(sign)) {
            spelled(
                    new Node(
                            sign,
                            "",
                            false,
                            signStart(scene, left),
                            signStart(scene, left) + sign.length(),
                            left.line(),
                            List.of()),
                    scene,
                    0.9);
            scene.replace(FaultClass.CONDITION, 0.7, node, one);
            scene.replace(FaultClass.CONDITION, 0.7, node, other);
            for (Node each : List.of(left, right)) {
                scene.replace(FaultClass.NEGATION, 0.6, each, scene.dialect().not(scene.text(each)));
            }
        } else {
            node.children().stream().filter(each -> !each.isNamed()).forEach(each -> spelled(each, scene, 0.9));
            boolean isByOne = other.equals("1");
            scene.replace(isByOne ? FaultClass.OFF_BY_ONE : FaultClass.OPERAND, isByOne ? 0.9 : 0.5, node, one);
            scene.replace(FaultClass.OPERAND, 0.4, node, other);
            scene.replace(FaultClass.OPERAND, 0.8, node, "%s %s %s".formatted(other, sign, one));
            grouped(node, scene, sign);
        }
    }

    private static int signStart(Scene scene, Node left) {
        int start = left.end();
        while (scene.source().text(start, start + 1).isBlank()) {
            start++;
        }
        return start;
    }

    private static void comparison(Node node, Scene scene, String sign) {
        Node left = node.parts().getFirst();
        Node right = node.parts().getLast();
        String one = scene.text(left);
        String other = scene.text(right);
        double form = 1;
        for (String each : COMPARISONS.getOrDefault(sign, List.of())) {
            scene.replace(scene.inHeader(FaultClass.COMPARISON), form, node, "%s %s %s".formatted(one, each, other));
            form *= 0.85;
        }
        if (!other.startsWith("\"") && !other.equals(scene.dialect().nothing())) {
            for (String step : List.of(" + 1", " - 1")) {
                scene.replace(scene.inHeader(FaultClass.OFF_BY_ONE), 0.8, right, other + step);
                scene.replace(scene.inHeader(FaultClass.OFF_BY_ONE), 0.5, left, one + step);
            }
        }
        scene.replace(FaultClass.OPERAND, 0.4, node, "%s %s %s".formatted(other, sign, one));
        if (scene.dialect() == Dialect.JAVA && (sign.equals("==") || sign.equals("!="))) {
            String equal = "java.util.Objects.equals(%s, %s)".formatted(one, other);
            scene.replace(FaultClass.COMPARISON, 0.7, node, sign.equals("==") ? equal : "!" + equal);
        }
    }

    /// `a + b * c` for `(a + b) * c`, either way round.
    private static void grouped(Node node, Scene scene, String sign) {
        Node left = node.parts().getFirst();
        Node right = node.parts().getLast();
        if (right.is(Kinds.BINARY) && right.parts().size() == 2) {
            Node middle = right.parts().getFirst();
            scene.replace(
                    FaultClass.OPERAND,
                    0.7,
                    node,
                    "(%s %s %s)%s"
                            .formatted(
                                    scene.text(left),
                                    sign,
                                    scene.text(middle),
                                    scene.source().text(middle.end(), right.end())));
        }
        if (left.is(Kinds.BINARY) && left.parts().size() == 2) {
            Node middle = left.parts().getLast();
            scene.replace(
                    FaultClass.OPERAND,
                    0.7,
                    node,
                    "%s(%s %s %s)"
                            .formatted(
                                    scene.source().text(left.start(), middle.start()),
                                    scene.text(middle),
                                    sign,
                                    scene.text(right)));
        }
        for (Node each : List.of(left, right)) {
            if (each.is("parenthesized_expression")) {
                scene.replace(FaultClass.OPERAND, 0.6, each, scene.text(each.bare()));
            }
        }
    }

    private static void index(Node node, Scene scene) {
        Node value = node.parts().getFirst();
        Node index = node.parts().getLast();
        if (index.is("slice")) {
            scene.replace(FaultClass.LOOP, 0.7, node, scene.text(value));
            for (Node each : index.parts()) {
                scene.replace(FaultClass.LOOP, 0.7, each, "");
                for (String step : List.of(" + 1", " - 1")) {
                    scene.replace(FaultClass.OFF_BY_ONE, 0.8, each, scene.text(each) + step);
                }
            }
        } else if (!index.is(Kinds.STRING)) {
            for (String step : List.of(" + 1", " - 1")) {
                scene.replace(FaultClass.OFF_BY_ONE, 0.8, index, scene.text(index) + step);
            }
        }
    }
}
