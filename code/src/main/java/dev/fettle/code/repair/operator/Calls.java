package dev.fettle.code.repair.operator;

import dev.fettle.code.repair.syntax.Dialect;
import dev.fettle.code.repair.syntax.Kinds;
import dev.fettle.code.repair.syntax.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Calls: their arguments, those of recursion above all, and what is called.
final class Calls implements Operator {
    private static final Map<String, List<String>> ALIKE = Map.ofEntries(
            Map.entry("min", List.of("max")),
            Map.entry("max", List.of("min")),
            Map.entry("floor", List.of("ceil", "round")),
            Map.entry("ceil", List.of("floor", "round")),
            Map.entry("round", List.of("floor", "ceil")),
            Map.entry("any", List.of("all")),
            Map.entry("all", List.of("any")),
            Map.entry("some", List.of("every")),
            Map.entry("every", List.of("some")),
            Map.entry("anyMatch", List.of("allMatch", "noneMatch")),
            Map.entry("allMatch", List.of("anyMatch", "noneMatch")),
            Map.entry("startsWith", List.of("endsWith", "includes")),
            Map.entry("endsWith", List.of("startsWith", "includes")),
            Map.entry("startswith", List.of("endswith")),
            Map.entry("endswith", List.of("startswith")),
            Map.entry("indexOf", List.of("lastIndexOf")),
            Map.entry("lastIndexOf", List.of("indexOf")),
            Map.entry("find", List.of("rfind")),
            Map.entry("push", List.of("unshift")),
            Map.entry("unshift", List.of("push")),
            Map.entry("pop", List.of("shift", "popleft")),
            Map.entry("shift", List.of("pop")),
            Map.entry("append", List.of("extend", "appendleft")),
            Map.entry("extend", List.of("append")),
            Map.entry("upper", List.of("lower", "title")),
            Map.entry("lower", List.of("upper")),
            Map.entry("toUpperCase", List.of("toLowerCase")),
            Map.entry("toLowerCase", List.of("toUpperCase")),
            Map.entry("keys", List.of("values", "items")),
            Map.entry("values", List.of("keys")),
            Map.entry("addFirst", List.of("addLast")),
            Map.entry("addLast", List.of("addFirst")),
            Map.entry("removeFirst", List.of("removeLast")),
            Map.entry("removeLast", List.of("removeFirst")),
            Map.entry("pollFirst", List.of("pollLast")),
            Map.entry("pollLast", List.of("pollFirst")),
            Map.entry("equals", List.of("equalsIgnoreCase")),
            Map.entry("trim", List.of("trimStart", "trimEnd")),
            Map.entry("strip", List.of("lstrip", "rstrip")));

    private static final int MOST_ARGUMENTS = 5;

    @Override
    public void propose(Node node, Scene scene) {
        if (!node.is(Kinds.CALL)) {
            return;
        }
        node.first(Kinds.ARGUMENTS).ifPresent(list -> arguments(node, list, scene));
        callee(node, scene);
    }

    private static void arguments(Node call, Node list, Scene scene) {
        List<Node> given = list.parts();
        if (given.size() > MOST_ARGUMENTS) {
            return;
        }
        boolean isRecursion = scene.scope().isFunction()
                && name(call, scene).equals(scene.scope().functionName());
        FaultClass fault = isRecursion ? FaultClass.RECURSION : scene.inHeader(FaultClass.ARGUMENT);
        List<String> texts = given.stream().map(scene::text).toList();
        for (int i = 0; i < texts.size(); i++) {
            for (int j = i + 1; j < texts.size(); j++) {
                List<String> swapped = new ArrayList<>(texts);
                swapped.set(i, texts.get(j));
                swapped.set(j, texts.get(i));
                given(list, swapped, fault, 0.9, scene);
            }
            List<String> fewer = new ArrayList<>(texts);
            fewer.remove(i);
            given(list, fewer, fault, 0.5, scene);
            if (!given.get(i).is(Kinds.STRING)) {
                for (String step : List.of(" + 1", " - 1")) {
                    List<String> stepped = new ArrayList<>(texts);
                    stepped.set(i, texts.get(i) + step);
                    given(list, stepped, isRecursion ? fault : scene.inHeader(FaultClass.OFF_BY_ONE), 0.7, scene);
                }
            }
        }
        for (String name : scene.scope().names()) {
            List<String> more = new ArrayList<>(texts);
            more.add(name);
            given(list, more, fault, 0.4, scene);
        }
        if (name(call, scene).equals("range")) {
            range(list, texts, scene);
        }
    }

    private static void range(Node list, List<String> texts, Scene scene) {
        if (texts.size() == 1) {
            given(list, List.of("1", texts.getFirst()), FaultClass.LOOP, 0.9, scene);
            given(list, List.of("1", texts.getFirst() + " + 1"), FaultClass.LOOP, 0.8, scene);
        } else {
            given(list, texts.subList(1, 2), FaultClass.LOOP, 0.8, scene);
            given(list, List.of(texts.get(0), texts.get(1), "-1"), FaultClass.LOOP, 0.4, scene);
        }
    }

    private static void given(Node list, List<String> arguments, FaultClass fault, double form, Scene scene) {
        scene.replace(fault, form, list, "(" + String.join(", ", arguments) + ")");
    }

    private static Node callee(Node call) {
        Node called = call.part("name").or(() -> call.part("function")).orElse(call);
        return called.part("attribute").or(() -> called.part("property")).orElse(called);
    }

    private static String name(Node call, Scene scene) {
        return scene.text(callee(call));
    }

    private static void callee(Node call, Scene scene) {
        ALIKE.getOrDefault(name(call, scene), List.of())
                .forEach(other -> scene.replace(FaultClass.CALLEE, 0.9, callee(call), other));
        List<Node> given = call.first(Kinds.ARGUMENTS).map(Node::parts).orElse(List.of());
        if (given.size() == 1) {
            scene.replace(FaultClass.CALLEE, 0.35, call, scene.text(given.getFirst()));
        }
        call.part("object")
                .or(() -> call.part("function").flatMap(function -> function.part("object")))
                .ifPresent(object -> scene.replace(FaultClass.CALLEE, 0.35, call, scene.text(object)));
        if (name(call, scene).equals("get") && given.size() == 1) {
            String key = scene.text(given.getFirst());
            String object = scene.source().text(call.start(), callee(call).start());
            String called = scene.dialect() == Dialect.JAVA ? "getOrDefault" : "get";
            for (String blank : List.of("0", "\"\"")) {
                scene.replace(FaultClass.GUARD, 0.7, call, "%s%s(%s, %s)".formatted(object, called, key, blank));
            }
        }
    }
}
