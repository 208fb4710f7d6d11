package dev.fettle.code.repair.operator;

import dev.fettle.code.repair.syntax.Dialect;
import dev.fettle.code.repair.syntax.Kinds;
import dev.fettle.code.repair.syntax.Node;
import java.util.ArrayList;
import java.util.List;

/// What a function gives back, and where it should have given up before.
final class Returns implements Operator {
    private static final int MOST_NAMES = 4;

    @Override
    public void propose(Node node, Scene scene) {
        if (!scene.scope().isFunction()) {
            return;
        }
        if (node.is("return_statement")) {
            result(node, scene);
        } else if (node.is("expression_statement") && node.parts().size() == 1) {
            Node value = node.parts().getFirst();
            if (!value.is(Kinds.ASSIGNMENT)) {
                scene.replace(FaultClass.RETURN, 0.4, value, "return " + scene.text(value));
            }
        }
        if (scene.parent().filter(parent -> parent.is(Kinds.BLOCK)).isPresent()
                && scene.source().isAlone(node)) {
            guard(node, scene);
        }
        if (node.is(Kinds.INDEXED) && node.parts().size() == 2 && !node.field().equals("left")) {
            orNothing(node, scene);
        }
    }

    private static void result(Node node, Scene scene) {
        for (Node value : node.parts().stream().limit(1).toList()) {
            String text = scene.text(value);
            if (!value.is("identifier")) {
                scene.scope().names().forEach(name -> scene.replace(FaultClass.RETURN, 0.6, value, name));
                for (String step : List.of(" + 1", " - 1")) {
                    scene.replace(FaultClass.RETURN, 0.6, value, text + step);
                }
            }
            scene.replace(FaultClass.NEGATION, 0.5, value, scene.dialect().not(text));
            scene.replace(FaultClass.RETURN, 0.4, value, "-(%s)".formatted(text));
            scene.scope().results().forEach(other -> scene.replace(FaultClass.RETURN, 0.5, value, other));
            scene.dialect().blanks().forEach(blank -> scene.replace(FaultClass.RETURN, 0.35, value, blank));
        }
    }

    /// Gives up before a statement if there is nothing to work with.
    private static void guard(Node node, Scene scene) {
        boolean isFirst = scene.scope().function().part("body").stream()
                .flatMap(body -> body.parts().stream().limit(1))
                .anyMatch(first -> first.equals(node));
        List<String> names =
                isFirst ? scene.scope().parameters() : scene.scope().names();
        double form = isFirst ? 0.8 : 0.3;
        Dialect dialect = scene.dialect();
        String indent = scene.source().indent(node.start());
        List<String> results = new ArrayList<>(scene.scope().results());
        results.removeIf(each -> each.length() > 20);
        dialect.blanks().stream().filter(each -> !results.contains(each)).forEach(results::add);
        for (String name : names.stream().limit(MOST_NAMES).toList()) {
            double likely = form;
            for (String empty : dialect.emptiness(name)) {
                for (String result : results) {
                    String line = dialect.when(empty, "return " + result + dialect.end());
                    scene.propose(
                            FaultClass.GUARD,
                            likely,
                            node.line(),
                            List.of(Edit.insert(node.start(), line + "\n" + indent)));
                }
                likely *= 0.8;
            }
        }
    }

    /// For an element that may not be there.
    private static void orNothing(Node node, Scene scene) {
        String value = scene.text(node.parts().getFirst());
        String key = scene.text(node.parts().getLast());
        switch (scene.dialect()) {
            case JAVASCRIPT -> {
                for (String blank : List.of("0", "\"\"", "[]")) {
                    scene.replace(FaultClass.GUARD, 0.6, node, "(%s ?? %s)".formatted(scene.text(node), blank));
                }
            }
            case PYTHON -> {
                if (!node.parts().getLast().is("slice")) {
                    scene.replace(FaultClass.GUARD, 0.5, node, "%s.get(%s)".formatted(value, key));
                    for (String blank : List.of("0", "\"\"", "[]")) {
                        scene.replace(FaultClass.GUARD, 0.6, node, "%s.get(%s, %s)".formatted(value, key, blank));
                    }
                }
            }
            case JAVA -> {
                // An array has no default; what reads a map is a call.
            }
        }
    }
}
