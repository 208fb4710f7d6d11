package dev.fettle.core.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.memory.Memory.Scope;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.usage.Amount;
import dev.fettle.core.usage.Budget;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Price;
import dev.fettle.core.usage.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MemoryByMeaningTest {
    private static final Scope ADA = Scope.everywhere("ada");
    private static final Model MODEL = new Model(
            "fake",
            "means-1",
            0,
            0,
            Optional.of(new Price(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ZERO, Optional.empty())));

    private Instant now = Instant.EPOCH;
    private final FactsInMemory facts = new FactsInMemory();
    private final Reader reader = new Reader(MODEL);
    private final MemoryByMeaning memory = memory(reader);

    private MemoryByMeaning memory(Embedding embedding) {
        return new MemoryByMeaning(
                facts, facts, embedding, 0.5, text -> text.replace("hunter2", "[secret]"), () -> now);
    }

    /// Knows what ships and what colours are.
    private static final class Reader implements Embedding {
        private final Model model;
        private final List<List<String>> read = new ArrayList<>();
        private Optional<Exception> failure = Optional.empty();

        Reader(Model model) {
            this.model = model;
        }

        @Override
        public Model model() {
            return model;
        }

        @Override
        public Reading read(String user, List<String> texts) throws InterruptedException {
            read.add(texts);
            switch (failure.orElse(null)) {
                case InterruptedException interrupted -> throw interrupted;
                case ModelException failed -> throw failed;
                case null, default -> {
                    return new Reading(texts.stream().map(Reader::meaning).toList(), new Usage(1_000, 0, 0, 0, 0));
                }
            }
        }

        private static Meaning meaning(String text) {
            boolean ships = text.matches("(?i).*(deploy|release|ship).*");
            return Meaning.of(new float[] {ships ? 1 : 0, text.contains("red") ? 1 : 0, 0.3f});
        }
    }

    private List<String> alike(String text) {
        return memory.alike(ADA, text, 10).stream().map(Fact::text).toList();
    }

    @Test
    void findsWhatHasNoWordInCommonTheMostAlikeFirst() {
        facts.remember(ADA, "Deployments in red.");
        facts.remember(ADA, "Deployments need a signed tag.");
        facts.remember(ADA, "Prefer tabs, in red.");

        assertEquals(List.of("Deployments need a signed tag.", "Deployments in red."), alike("ship it"));
        assertEquals(1, memory.alike(ADA, "ship it", 1).size());
    }

    @Test
    void aFactIsReadOnceAndAgainByAnotherModel() {
        facts.remember(ADA, "Prefer tabs.");

        alike("ship it");
        alike("release it");
        Reader other = new Reader(new Model("fake", "means-2", 0, 0, Optional.empty()));
        memory(other).alike(ADA, "ship it", 10);

        assertEquals(List.of(List.of("ship it", "Prefer tabs."), List.of("release it")), reader.read);
        assertEquals(List.of(List.of("ship it", "Prefer tabs.")), other.read);
    }

    @Test
    void asManyAreReadAtATimeAsEveryProviderTakes() {
        for (int i = 0; i < 150; i++) {
            facts.remember(ADA, "ship " + i);
        }

        assertEquals(99, memory.alike(ADA, "ship", 1_000).size());
        assertEquals(150, memory.alike(ADA, "ship", 1_000).size());
        assertEquals(List.of(100, 52), reader.read.stream().map(List::size).toList());
    }

    @Test
    void whereNothingIsRememberedNobodyIsAsked() {
        assertEquals(List.of(), alike("ship it"));
        facts.remember(ADA, "Deployments");
        assertEquals(List.of(), alike(" "));
        assertEquals(List.of(), reader.read);
    }

    @Test
    void noSecretsAreSent() {
        facts.remember(ADA, "The password is hunter2.");

        alike("log in with hunter2");

        assertEquals(List.of(List.of("log in with [secret]", "The password is [secret].")), reader.read);
    }

    @Test
    void aProviderThatFailsIsLeftAloneForAMinute() {
        facts.remember(ADA, "Deployments need a signed tag.");
        reader.failure = Optional.of(new ModelException(ModelException.Kind.OVERLOADED, "fake is overloaded"));

        assertEquals(List.of(), alike("ship it"));
        assertEquals(1, memory.search(ADA, "tag", 10).size());
        assertEquals(1, reader.read.size());

        reader.failure = Optional.empty();
        now = now.plus(Duration.ofMinutes(1));
        assertEquals(List.of("Deployments need a signed tag."), alike("ship it"));
    }

    @Test
    void anInterruptionIsPassedOn() {
        facts.remember(ADA, "Deployments need a signed tag.");
        reader.failure = Optional.of(new InterruptedException());

        assertEquals(List.of(), alike("ship it"));
        assertTrue(Thread.interrupted());
    }

    @Test
    void whatIsFoundByWordAndByMeaningComesFirst() {
        facts.remember(ADA, "Prefer tabs.");
        facts.remember(ADA, "Deployments need a signed tag.");

        assertEquals(
                List.of("Deployments need a signed tag.", "Prefer tabs."),
                memory.search(ADA, "ship it", 10).stream().map(Fact::text).toList());
        assertEquals(List.of("b", "c", "a", "d"), RankFusion.of(List.of("a", "b", "c"), List.of("b", "c", "d")));
    }

    /// Admits what its one budget covers.
    private static final class Book implements Ledger {
        private final List<String> lines = new ArrayList<>();

        @Override
        public Admission reserve(Purchase purchase, List<Budget> budgets) {
            Budget budget = budgets.getFirst();
            return budgets.size() == 1 && budget.covers(purchase.worst())
                    ? new Admission.Reserved(7, purchase)
                    : new Admission.Refused(budget, Amount.ZERO, Amount.ZERO, Optional.empty());
        }

        @Override
        public void settle(Admission.Reserved reserved, Charge charge) {
            lines.add("%s pays %s for %s"
                    .formatted(
                            reserved.purchase().user(),
                            charge.cost().orElseThrow().display(),
                            charge.model()));
        }

        @Override
        public void release(Admission.Reserved reserved) {
            lines.add("given back");
        }

        @Override
        public List<Total> totals(Grouping by, Instant since) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void whatIsReadIsChargedAndNotReadIfTheBudgetIsOut() throws InterruptedException {
        Book book = new Book();
        List<Budget> budgets = List.of(
                new Budget.Dollars(Budget.Scope.SESSION, Money.ZERO),
                new Budget.Dollars(Budget.Scope.DAY, Money.of("0.0015")));
        Embedding charged = new ChargedEmbedding(reader, book, budgets, false);

        charged.read("ada", List.of("x"));
        assertRefused("The budget of a day does not cover it", charged, "x".repeat(4_000));
        reader.failure = Optional.of(new ModelException(ModelException.Kind.NETWORK, "gone"));
        assertRefused("gone", charged, "x");

        assertEquals(
                List.of("ada pays " + Money.of("0.001").display() + " for fake/means-1", "given back"), book.lines);
        Reader unpriced = new Reader(new Model("fake", "means-2", 0, 0, Optional.empty()));
        assertRefused(
                "No price is known for fake/means-2, so a budget in dollars cannot be kept; see AGENT_ALLOW_UNPRICED",
                new ChargedEmbedding(unpriced, book, budgets, false),
                "x");
    }

    private static void assertRefused(String why, Embedding embedding, String text) {
        ModelException refused = assertThrows(ModelException.class, () -> embedding.read("ada", List.of(text)));
        assertEquals(why, refused.getMessage());
    }

    @Test
    void aMeaningIsADirection() {
        Meaning meaning = Meaning.of(new float[] {3, 4});

        assertEquals(1, meaning.likeness(Meaning.of(new float[] {6, 8})), 1e-6);
        assertEquals(0.8, meaning.likeness(Meaning.of(new float[] {0, 1})), 1e-6);
        assertEquals(0, meaning.likeness(Meaning.of(new float[] {3, 4, 0})));
        assertEquals(1, meaning.likeness(Meaning.ofBytes(meaning.bytes())), 1e-6);
        for (float[] none : List.of(new float[0], new float[] {0, 0}, new float[] {Float.NaN, 1})) {
            assertThrows(IllegalArgumentException.class, () -> Meaning.of(none));
        }
    }
}
