package dev.fettle.code.repair.operator;

import dev.fettle.code.repair.syntax.Kinds;
import dev.fettle.code.repair.syntax.Node;
import dev.fettle.code.repair.syntax.Source;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;

/// What a function has at hand: names, constants, conditions, statements. Fixes are mostly made of what is there
/// already (Barr et al., "The plastic surgery hypothesis", 2014).
final class Scope {
    private static final int MOST = 12;
    private static final Set<String> NO_USE =
            Set.of("function", "attribute", "field", "property", "key", "type", "label", "alias", "module_name");
    private static final Set<String> NO_NAMES = Set.of(
            "keyword_argument",
            "import_statement",
            "import_from_statement",
            "dotted_name",
            "import_specifier",
            "package_declaration",
            "scoped_identifier",
            "marker_annotation",
            "annotation");

    private final Source source;
    private final Node function;
    private final SequencedSet<String> names = new LinkedHashSet<>();
    private final SequencedSet<String> parameters = new LinkedHashSet<>();
    private final SequencedSet<String> numbers = new LinkedHashSet<>();
    private final SequencedSet<String> strings = new LinkedHashSet<>();
    private final SequencedSet<String> conditions = new LinkedHashSet<>();
    private final SequencedSet<String> results = new LinkedHashSet<>();
    private final List<Node> statements = new ArrayList<>();

    Scope(Source source, Node function) {
        this.source = source;
        this.function = function;
        function.part("parameters")
                .ifPresent(list -> list.each(each -> {
                    if (each.is("identifier")
                            && !each.field().equals("type")
                            && !each.field().equals("value")) {
                        parameters.add(source.text(each));
                    }
                }));
        function.part("parameter").map(source::text).ifPresent(parameters::add);
        names.addAll(parameters);
        collect(function, source.root());
        source.root().each(each -> {
            if (each.is(Kinds.STRING)) {
                strings.add(source.text(each));
            }
            if (each.is("field_declaration")) {
                each.part("declarator")
                        .flatMap(it -> it.part("name"))
                        .map(source::text)
                        .ifPresent(names::add);
            }
        });
    }

    private void collect(Node node, Node parent) {
        if (isVariable(node, parent, source)) {
            names.add(source.text(node));
        } else if (node.is(Kinds.INTEGER) || node.is(Kinds.FRACTION)) {
            numbers.add(source.text(node));
        } else if (node.field().equals("condition")) {
            conditions.add(source.text(node.bare()));
        } else if (node.is("return_statement") && !node.parts().isEmpty()) {
            results.add(source.text(node.parts().getFirst()));
        }
        if (parent.is(Kinds.BLOCK) && node.isNamed() && !node.is(Kinds.DEFINITION)) {
            statements.add(node);
        }
        node.children().forEach(child -> collect(child, node));
    }

    /// Whether a node names a variable, or a field of the object itself.
    static boolean isVariable(Node node, Node parent, Source source) {
        if (node.is(Kinds.MEMBER)) {
            return !parent.is(Kinds.CALL)
                    && source.text(node).matches("(?:self|this)\\.\\w+")
                    && !node.field().equals("function");
        }
        boolean isName = node.is("identifier")
                && !NO_USE.contains(node.field())
                && !parent.is(NO_NAMES)
                && !(node.field().equals("name") && (parent.is(Kinds.CALL) || parent.is(Kinds.FUNCTION)))
                && !(node.field().equals("name") && parent.is("class_declaration", "class_definition"));
        if (!isName) {
            return false;
        }
        String text = source.text(node);
        return !Character.isUpperCase(text.charAt(0)) && !text.equals("self") && !text.equals("this");
    }

    Node function() {
        return function;
    }

    String functionName() {
        return function.part("name").map(source::text).orElse("");
    }

    boolean isFunction() {
        return function.is(Kinds.FUNCTION);
    }

    List<String> names() {
        return first(names);
    }

    List<String> parameters() {
        return first(parameters);
    }

    List<String> numbers() {
        return first(numbers);
    }

    /// Those of the whole file.
    List<String> strings() {
        return first(strings);
    }

    List<String> conditions() {
        return first(conditions);
    }

    /// What it gives back.
    List<String> results() {
        return first(results);
    }

    /// All that is done in it; definitions are left out, for a second one would clash.
    List<Node> statements() {
        return statements.stream().limit(2 * MOST).toList();
    }

    private static List<String> first(SequencedSet<String> all) {
        return all.stream().limit(MOST).toList();
    }
}
