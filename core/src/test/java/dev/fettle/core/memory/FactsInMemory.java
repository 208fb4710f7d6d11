package dev.fettle.core.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// As much of a memory as the tests here need: it finds all facts, whatever is asked.
public final class FactsInMemory implements Memory, Meanings {
    public final List<Fact> facts = new ArrayList<>();
    /// What means the like, whatever is asked.
    public final List<Fact> alike = new ArrayList<>();
    /// What they mean, and to whom.
    public final Map<Fact, Map.Entry<String, Meaning>> kept = new HashMap<>();
    /// Where was looked: user and project.
    public final List<String> asked = new ArrayList<>();

    @Override
    public Fact remember(Scope scope, String text) {
        Fact fact = new Fact("fact_" + facts.size(), scope.user(), scope.project(), text, Instant.EPOCH, Instant.EPOCH);
        facts.add(fact);
        return fact;
    }

    @Override
    public List<Fact> recall(Scope scope, String query, int limit) {
        asked.add("%s %s".formatted(scope.user(), scope.project().orElse("")));
        return List.copyOf(facts);
    }

    @Override
    public List<Fact> alike(Scope scope, String text, int limit) {
        return List.copyOf(alike);
    }

    @Override
    public List<Known> known(Scope scope, String model) {
        return facts.stream()
                .map(fact -> new Known(
                        fact,
                        Optional.ofNullable(kept.get(fact))
                                .filter(entry -> entry.getKey().equals(model))
                                .map(Map.Entry::getValue)))
                .toList();
    }

    @Override
    public void keep(String model, Map<Fact, Meaning> meanings) {
        meanings.forEach((fact, meaning) -> kept.put(fact, Map.entry(model, meaning)));
    }

    @Override
    public List<Fact> list(String user, int skip, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Fact> edit(String user, String id, String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean forget(String user, String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Statistics statistics(String user) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int dropOlderThan(Instant moment) {
        throw new UnsupportedOperationException();
    }
}
