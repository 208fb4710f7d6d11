package dev.fettle.code.repair.operator;

import dev.fettle.code.repair.syntax.Dialect;
import dev.fettle.code.repair.syntax.Kinds;
import dev.fettle.code.repair.syntax.Node;
import java.util.List;
import java.util.stream.Collectors;

/// Statements that are missing, in the way, or in the wrong place.
final class Statements implements Operator {
    private static final int LONGEST = 120;

    @Override
    public void propose(Node block, Scene scene) {
        if (!block.is(Kinds.BLOCK) || !scene.scope().isFunction()) {
            return;
        }
        List<Node> statements =
                block.parts().stream().filter(scene.source()::isAlone).toList();
        for (int i = 0; i < statements.size(); i++) {
            Node each = statements.get(i);
            if (!each.is(Kinds.DEFINITION)) {
                boolean isOnly = block.parts().size() == 1 && scene.dialect() == Dialect.PYTHON;
                scene.propose(
                        FaultClass.STATEMENT, 0.7, each.line(), List.of(isOnly ? blank(each) : gone(each, scene)));
                lifted(each, block, statements, scene);
                conditional(each, scene);
            }
            if (i + 1 < statements.size()) {
                swapped(each, statements.get(i + 1), scene);
                sunk(each, statements.get(i + 1), scene);
            }
            inserted(each, scene);
        }
    }

    private static Edit blank(Node node) {
        return new Edit(node.start(), node.end(), "pass");
    }

    private static Edit gone(Node node, Scene scene) {
        return new Edit(scene.source().lineStart(node.start()), scene.source().nextLine(node.end()), "");
    }

    private static void swapped(Node one, Node other, Scene scene) {
        scene.propose(
                FaultClass.STATEMENT,
                0.7,
                one.line(),
                List.of(
                        new Edit(one.start(), one.end(), scene.text(other)),
                        new Edit(other.start(), other.end(), scene.text(one))));
    }

    /// Moved out of its block, behind what the block belongs to.
    private static void lifted(Node node, Node block, List<Node> statements, Scene scene) {
        if (!node.equals(statements.getLast()) || (statements.size() == 1 && !node.is("return_statement"))) {
            return;
        }
        scene.parent().filter(owner -> !owner.is(Kinds.FUNCTION)).ifPresent(owner -> {
            String outer = scene.source().indent(owner.start());
            int after = scene.source().nextLine(Math.max(owner.end(), block.end()));
            String text = indented(node, outer, scene) + "\n";
            boolean isOnly = statements.size() == 1 && scene.dialect() == Dialect.PYTHON;
            scene.propose(
                    FaultClass.STATEMENT,
                    0.8,
                    node.line(),
                    List.of(isOnly ? blank(node) : gone(node, scene), Edit.insert(after, text)));
        });
    }

    /// Moved to the end of the block before it.
    private static void sunk(Node owner, Node node, Scene scene) {
        if (node.is(Kinds.DEFINITION)) {
            return;
        }
        owner.part("body")
                .or(() -> owner.part("consequence"))
                .filter(body -> body.is(Kinds.BLOCK) && !body.parts().isEmpty())
                .ifPresent(body -> {
                    Node last = body.parts().getLast();
                    String inner = scene.source().indent(last.start());
                    scene.propose(
                            FaultClass.STATEMENT,
                            0.6,
                            node.line(),
                            List.of(
                                    Edit.insert(
                                            scene.source().nextLine(last.end()), indented(node, inner, scene) + "\n"),
                                    gone(node, scene)));
                });
    }

    private static String indented(Node node, String indent, Scene scene) {
        String before = scene.source().indent(node.start());
        return scene.text(node)
                .lines()
                .map(line -> indent + (line.startsWith(before) ? line.substring(before.length()) : line))
                .collect(Collectors.joining("\n"));
    }

    private static void conditional(Node node, Scene scene) {
        if (node.line() == scene.source().root().line() || scene.text(node).length() > LONGEST || node.is(Kinds.LOOP)) {
            return;
        }
        for (String condition : scene.scope().conditions()) {
            for (String each : List.of(condition, scene.dialect().not(condition))) {
                scene.replace(FaultClass.CONDITION, 0.3, node, scene.dialect().when(each, scene.text(node)));
            }
        }
    }

    private static void inserted(Node node, Scene scene) {
        String indent = scene.source().indent(node.start());
        String end = scene.dialect().end();
        if (scene.isInLoop()) {
            for (String word : List.of("break", "continue")) {
                behind(node, word + end, indent, 0.4, scene);
            }
        }
        for (String result : scene.scope().results().stream().limit(3).toList()) {
            behind(node, "return " + result + end, indent, 0.3, scene);
        }
        for (String name : scene.scope().names().stream().limit(6).toList()) {
            for (String step : List.of(" += 1", " -= 1")) {
                behind(node, name + step + end, indent, 0.25, scene);
            }
        }
        for (Node other : scene.scope().statements()) {
            String text = scene.text(other);
            if (!other.equals(node) && text.length() <= LONGEST && !text.contains("\n")) {
                behind(node, text, indent, 0.3, scene);
                scene.propose(
                        FaultClass.STATEMENT,
                        0.25,
                        node.line(),
                        List.of(Edit.insert(node.start(), text + "\n" + indent)));
            }
        }
    }

    private static void behind(Node node, String text, String indent, double form, Scene scene) {
        if (!node.is("return_statement", "break_statement", "continue_statement")) {
            scene.propose(
                    FaultClass.STATEMENT, form, node.line(), List.of(Edit.insert(node.end(), "\n" + indent + text)));
        }
    }
}
