package dev.fettle.code.repair.operator;

import dev.fettle.code.repair.syntax.Kinds;
import dev.fettle.code.repair.syntax.Node;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;

/// Constants and variables.
final class Values implements Operator {
    private static final int MOST_STRINGS = 6;
    private static final int MOST_OPERANDS = 5;

    @Override
    public void propose(Node node, Scene scene) {
        if (node.is(Kinds.INTEGER)) {
            number(node, scene);
        } else if (node.is(Kinds.FRACTION)) {
            others(node, scene, scene.scope().numbers(), 0.6);
        } else if (node.is(Kinds.STRING)) {
            others(
                    node,
                    scene,
                    scene.scope().strings().stream().limit(MOST_STRINGS).toList(),
                    0.4);
            scene.replace(FaultClass.CONSTANT, 0.4, node, "\"\"");
            scene.replace(FaultClass.CONSTANT, 0.4, node, "\" \"");
        } else if (node.is("true", "false")) {
            scene.replace(FaultClass.CONSTANT, 1, node, scene.dialect().truth(node.is("false")));
        } else if (node.is("array", "list") && node.parts().isEmpty()) {
            scene.scope().parameters().forEach(name -> scene.replace(FaultClass.VARIABLE, 0.3, node, name));
        } else {
            scene.parent()
                    .filter(parent -> isUse(node, parent, scene))
                    .ifPresent(parent -> variable(node, parent, scene));
        }
    }

    private static void others(Node node, Scene scene, List<String> constants, double form) {
        constants.forEach(each -> scene.replace(FaultClass.CONSTANT, form, node, each));
    }

    private static void number(Node node, Scene scene) {
        String text = scene.text(node);
        FaultClass fault = scene.inHeader(FaultClass.CONSTANT);
        if (text.matches("\\d{1,18}")) {
            BigInteger value = new BigInteger(text);
            scene.replace(fault, 1, node, value.add(BigInteger.ONE).toString());
            scene.replace(fault, 1, node, value.subtract(BigInteger.ONE).toString());
            for (String each : Set.of("0", "1", "2", "-" + text, text + "0")) {
                scene.replace(fault, 0.5, node, each);
            }
            if (text.length() > 1 && text.endsWith("0")) {
                scene.replace(fault, 0.5, node, text.substring(0, text.length() - 1));
            }
        }
        others(node, scene, scene.scope().numbers(), 0.55);
        scene.scope().names().forEach(name -> scene.replace(FaultClass.VARIABLE, 0.3, node, name));
    }

    /// Whether it is read here: what is declared or assigned stays.
    private static boolean isUse(Node node, Node parent, Scene scene) {
        return scene.scope().isFunction()
                && Scope.isVariable(node, parent, scene.source())
                && !parent.type().contains("parameter")
                && !(parent.is("variable_declarator") && node.field().equals("name"))
                && !(parent.is("enhanced_for_statement") && node.field().equals("name"))
                && !(parent.is("for_statement", "for_in_statement", "for_in_clause")
                        && node.field().equals("left"));
    }

    private static void variable(Node node, Node parent, Scene scene) {
        boolean isTarget = parent.is(Kinds.ASSIGNMENT) && node.field().equals("left");
        for (String name : scene.scope().names()) {
            scene.replace(FaultClass.VARIABLE, isTarget ? 0.5 : 0.9, node, name);
        }
        if (isTarget) {
            return;
        }
        boolean isBound = parent.is(Kinds.ARGUMENTS) || parent.is("return_statement", "variable_declarator");
        if (isBound) {
            for (String step : List.of(" + 1", " - 1")) {
                scene.replace(scene.inHeader(FaultClass.OFF_BY_ONE), 0.7, node, scene.text(node) + step);
            }
            scene.scope().names().stream()
                    .limit(MOST_OPERANDS)
                    .filter(name -> !name.equals(scene.text(node)))
                    .forEach(name -> {
                        scene.replace(FaultClass.OPERAND, 0.5, node, "%s + %s".formatted(scene.text(node), name));
                        scene.replace(FaultClass.OPERAND, 0.4, node, "%s - %s".formatted(scene.text(node), name));
                    });
        }
        for (String number : List.of("0", "1")) {
            scene.replace(FaultClass.CONSTANT, 0.25, node, number);
        }
    }
}
