package dev.fettle.code.structure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.SequencedSet;

/// Finds what uses itself by way of others: the strongly connected parts of a graph (Tarjan 1972), without
/// recursion, for graphs may be deep.
final class Cycles {
    private final NavigableMap<String, ? extends NavigableSet<String>> uses;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> lowest = new HashMap<>();
    private final SequencedSet<String> open = new LinkedHashSet<>();
    private final List<List<String>> found = new ArrayList<>();

    private Cycles(NavigableMap<String, ? extends NavigableSet<String>> uses) {
        this.uses = uses;
    }

    /// Every group of more than one that reach each other, sorted.
    static List<List<String>> of(NavigableMap<String, ? extends NavigableSet<String>> uses) {
        Cycles cycles = new Cycles(uses);
        uses.keySet().forEach(cycles::visit);
        cycles.found.sort((a, b) -> a.getFirst().compareTo(b.getFirst()));
        return cycles.found;
    }

    private record Step(String name, Iterator<String> next) {}

    private void visit(String start) {
        if (numbers.containsKey(start)) {
            return;
        }
        Deque<Step> steps = new ArrayDeque<>();
        steps.push(entered(start));
        while (!steps.isEmpty()) {
            Step step = steps.element();
            if (!step.next().hasNext()) {
                steps.pop();
                leave(step.name());
                if (!steps.isEmpty()) {
                    lower(steps.element().name(), low(step.name()));
                }
                continue;
            }
            String next = step.next().next();
            if (!numbers.containsKey(next)) {
                steps.push(entered(next));
            } else if (open.contains(next)) {
                lower(step.name(), number(next));
            }
        }
    }

    private Step entered(String name) {
        numbers.put(name, numbers.size());
        lowest.put(name, number(name));
        open.add(name);
        NavigableSet<String> next = uses.get(name);
        return new Step(name, next == null ? Collections.emptyIterator() : next.iterator());
    }

    private void leave(String name) {
        if (low(name) < number(name)) {
            return;
        }
        List<String> group = new ArrayList<>();
        String each;
        do {
            each = open.removeLast();
            group.add(each);
        } while (!each.equals(name));
        if (group.size() > 1) {
            found.add(group.stream().sorted().toList());
        }
    }

    private int number(String name) {
        return numbers.getOrDefault(name, 0);
    }

    private int low(String name) {
        return lowest.getOrDefault(name, 0);
    }

    private void lower(String name, int to) {
        lowest.merge(name, to, Math::min);
    }
}
