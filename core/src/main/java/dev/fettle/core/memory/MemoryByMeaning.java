package dev.fettle.core.memory;

import dev.fettle.core.model.ModelException;
import dev.fettle.core.usage.LedgerException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds facts also by what they mean. A fact is read by the model when it is first looked for after it was
/// written, changed, or the model was: together with the question, so that a turn waits for one call, and
/// writing for none. If the provider or the budget fails, there are only words, which is said once; it is
/// asked again after a while.
public final class MemoryByMeaning implements Memory {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryByMeaning.class);
    private static final int MOST_OF_A_TEXT = 8_000;
    private static final Duration REST = Duration.ofMinutes(1);

    private final Memory memory;
    private final Meanings meanings;
    private final Embedding embedding;
    private final double least;
    private final UnaryOperator<String> mask;
    private final InstantSource clock;
    private Optional<Instant> failedAt = Optional.empty();

    /// A memory.
    ///
    /// @param memory where the facts are
    /// @param meanings of those facts
    /// @param least from which likeness on a fact is about the same
    /// @param mask takes secrets out of what the model is sent
    public MemoryByMeaning(
            Memory memory,
            Meanings meanings,
            Embedding embedding,
            double least,
            UnaryOperator<String> mask,
            InstantSource clock) {
        this.memory = memory;
        this.meanings = meanings;
        this.embedding = embedding;
        this.least = least;
        this.mask = mask;
        this.clock = clock;
    }

    @Override
    public List<Fact> alike(Scope scope, String text, int limit) {
        if (text.isBlank() || isResting()) {
            return List.of();
        }
        List<Meanings.Known> known = meanings.known(scope, embedding.model().name());
        if (known.isEmpty()) {
            return List.of();
        }
        try {
            List<Fact> alike = alike(scope.user(), known, text);
            worked();
            return alike.subList(0, Math.min(limit, alike.size()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ModelException | LedgerException e) {
            failed(String.valueOf(e.getMessage()));
        }
        return List.of();
    }

    private record Likely(Fact fact, double likeness) {}

    private List<Fact> alike(String user, List<Meanings.Known> known, String text) throws InterruptedException {
        List<Fact> unread = known.stream()
                .filter(each -> each.meaning().isEmpty())
                .map(Meanings.Known::fact)
                .limit(Embedding.MOST_TEXTS - 1)
                .toList();
        List<String> texts = new ArrayList<>();
        texts.add(sent(text));
        unread.forEach(fact -> texts.add(sent(fact.text())));
        List<Meaning> read = embedding.read(user, texts).meanings();
        Map<Fact, Meaning> fresh = new HashMap<>();
        for (int i = 0; i < unread.size(); i++) {
            fresh.put(unread.get(i), read.get(i + 1));
        }
        if (!fresh.isEmpty()) {
            meanings.keep(embedding.model().name(), fresh);
        }
        Meaning sought = read.getFirst();
        return known.stream()
                .flatMap(each -> each
                        .meaning()
                        .or(() -> Optional.ofNullable(fresh.get(each.fact())))
                        .map(meaning -> new Likely(each.fact(), meaning.likeness(sought)))
                        .filter(likely -> likely.likeness() >= least)
                        .stream())
                .sorted(Comparator.comparingDouble(Likely::likeness).reversed())
                .map(Likely::fact)
                .toList();
    }

    private String sent(String text) {
        String masked = mask.apply(text);
        return masked.substring(0, Math.min(masked.length(), MOST_OF_A_TEXT));
    }

    private synchronized boolean isResting() {
        return failedAt.filter(moment -> clock.instant().isBefore(moment.plus(REST)))
                .isPresent();
    }

    private synchronized void worked() {
        failedAt = Optional.empty();
    }

    private synchronized void failed(String why) {
        if (failedAt.isEmpty()) {
            LOG.warn("Facts are found by their words only: {} (MEMORY_EMBEDDINGS)", why);
        }
        failedAt = Optional.of(clock.instant());
    }

    @Override
    public Fact remember(Scope scope, String text) {
        return memory.remember(scope, text);
    }

    @Override
    public List<Fact> recall(Scope scope, String query, int limit) {
        return memory.recall(scope, query, limit);
    }

    @Override
    public List<Fact> list(String user, int skip, int limit) {
        return memory.list(user, skip, limit);
    }

    @Override
    public Optional<Fact> edit(String user, String id, String text) {
        return memory.edit(user, id, text);
    }

    @Override
    public boolean forget(String user, String id) {
        return memory.forget(user, id);
    }

    @Override
    public Statistics statistics(String user) {
        return memory.statistics(user);
    }

    @Override
    public int dropOlderThan(Instant moment) {
        return memory.dropOlderThan(moment);
    }
}
