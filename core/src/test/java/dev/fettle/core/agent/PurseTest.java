package dev.fettle.core.agent;

import static dev.fettle.core.agent.Scene.call;
import static dev.fettle.core.agent.Scene.say;
import static dev.fettle.core.agent.Scene.use;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.model.Delta;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.Status;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.usage.Amount;
import dev.fettle.core.usage.Budget;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.LedgerException;
import dev.fettle.core.usage.Limits;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Price;
import dev.fettle.core.usage.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PurseTest {
    /// At ten dollars a million tokens of output, 8,000 of them are eight cents.
    private static final Budget DOLLAR = dollars("1");

    private final Book book = new Book();
    private final Scene scene = new Scene();

    private static Budget dollars(String most) {
        return new Budget.Dollars(Budget.Scope.DAY, Money.of(most));
    }

    private Outcome run(List<Budget> budgets, Scene.Reply... replies) {
        scene.purse = new Purse(book, "ann", budgets, false, List.of());
        return scene.run(replies);
    }

    @Test
    void theWorstCaseIsReservedAndTheRealCostSettled() {
        assertEquals(
                Status.COMPLETED,
                run(List.of(DOLLAR), request -> {
                            assertEquals(1, book.reserved.size());
                            assertEquals(List.of(), book.settled);
                            return say("done").to(request);
                        })
                        .status());

        Ledger.Purchase purchase = book.purchases.getFirst();
        assertEquals("ann", purchase.user());
        assertEquals(scene.log.session().value(), purchase.session());
        long input = purchase.worst().tokens() - 8_000;
        assertTrue(input > 1_000, "the input was estimated as " + input);
        assertEquals(
                Scene.MODEL.cost(new Usage(input, 0, 0, 8_000, 0)),
                purchase.worst().cost());
        assertTrue(purchase.atMost().compareTo(scene.limits.time()) > 0, "it may lapse during the call");
        assertEquals(List.of(Money.of("0.002")), book.settled);
        assertEquals(List.of(), book.reserved);
    }

    @Test
    void aCallThatNoBudgetCoversIsNotMade() {
        book.spent = new Amount(Money.of("0.97"), 5_000);
        Outcome outcome = run(List.of(DOLLAR), say("never"));

        assertEquals(Status.LIMIT_BUDGET, outcome.status());
        assertEquals(List.of(), scene.requests);
        String message = outcome.message();
        assertTrue(
                message.startsWith("The budget of $1.00 a day (AGENT_BUDGET_DAY) does not cover the next call: "
                        + "$0.9700 spent, $0.0000 reserved by calls under way, and this one may take $0.04"),
                message);
        assertTrue(
                message.endsWith("It begins anew at 2026-11-22T00:00:00Z. To go on before, raise AGENT_BUDGET_DAY."),
                message);
    }

    @Test
    void aTokenBudgetOfASessionSaysSo() {
        Outcome outcome = run(List.of(new Budget.Tokens(Budget.Scope.SESSION, 3_000)), say("never"));
        String message = outcome.message();
        assertTrue(
                message.startsWith("The budget of 3,000 tokens a session (AGENT_BUDGET_SESSION_TOKENS) does not cover"),
                message);
        assertTrue(message.endsWith("Begin another session, or raise AGENT_BUDGET_SESSION_TOKENS."), message);
    }

    @Test
    void aLowBudgetShortensTheAnswer() {
        book.spent = new Amount(Money.of("0.94"), 5_000);
        assertEquals(Status.COMPLETED, run(List.of(DOLLAR), say("done")).status());

        int most = scene.requests.getFirst().model().maxOutputTokens();
        assertTrue(most >= Purse.SMALLEST_ANSWER && most < 6_000, "allowed %d tokens".formatted(most));
        assertTrue(DOLLAR.covers(book.spent.plus(book.purchases.getLast().worst())), "too much was reserved");
    }

    @Test
    void aLowTokenBudgetShortensTheAnswer() {
        run(List.of(new Budget.Tokens(Budget.Scope.DAY, 7_000)), say("done"));
        assertEquals(7_000, book.purchases.getLast().worst().tokens());
    }

    @Test
    void theLastAnswerOfATurnIsLimitedToWhatTheTurnMayStillSpend() {
        scene.limits = new Limits(9, Duration.ofMinutes(1), Optional.of(Money.of("0.06")), OptionalLong.empty());
        run(List.of(), say("done"));
        int most = scene.requests.getFirst().model().maxOutputTokens();
        assertTrue(most >= Purse.SMALLEST_ANSWER && most < 6_000, "allowed %d tokens".formatted(most));
    }

    @Test
    void theDearestModelThatMayAnswerCounts() {
        BigDecimal hundred = new BigDecimal("100");
        Model dear =
                new Model("test", "dear", 100_000, 64_000, Optional.of(new Price(hundred, hundred, hundred, hundred)));
        scene.purse = new Purse(book, "ann", List.of(dollars("5")), false, List.of(dear));
        scene.run(say("done"));

        Amount worst = book.purchases.getFirst().worst();
        assertEquals(dear.cost(new Usage(worst.tokens(), 0, 0, 0, 0)), worst.cost());
    }

    @Test
    void aModelWithoutAPriceIsRefusedUnlessAllowed() {
        Model unpriced = new Model("test", "model", 100_000, 8_000, Optional.empty());
        scene.model = unpriced;
        Outcome refused = run(List.of(DOLLAR), say("never"));
        assertEquals(Status.LIMIT_BUDGET, refused.status());
        assertTrue(refused.message().contains("--allow-unpriced"), refused.message());
        assertEquals(List.of(), scene.requests);

        assertEquals(
                Status.COMPLETED,
                run(List.of(new Budget.Tokens(Budget.Scope.DAY, 50_000)), say("done"))
                        .status());
        scene.purse = new Purse(book, "ann", List.of(DOLLAR), true, List.of());
        scene.requests.clear();
        assertEquals(Status.COMPLETED, scene.run(say("done")).status());
    }

    @Test
    void aLedgerThatFailsMakesNoCall() {
        book.isBroken = true;
        assertEquals(new Outcome.Failed(Outcome.Cause.OTHER, "No ledger today."), run(List.of(DOLLAR), say("never")));
        assertEquals(List.of(), scene.requests);
        assertTrue(scene.log.entries().getLast().event() instanceof Event.TurnEnded);
    }

    @Test
    void aCallThatBringsNothingIsGivenBack() {
        Outcome outcome = run(List.of(DOLLAR), _ -> {
            throw new ModelException(ModelException.Kind.OVERLOADED, "not now");
        });
        assertEquals(Status.PROVIDER_UNAVAILABLE, outcome.status());
        assertEquals(List.of(), book.reserved);
        assertEquals(List.of(), book.settled);
    }

    @Test
    void aCallThatIsCutOffIsChargedByEstimate() {
        scene.deltas = List.of(new Delta.Reasoning("Hmm"), new Delta.Text("x".repeat(1_000)));
        run(List.of(DOLLAR), _ -> {
            throw new ModelException(ModelException.Kind.NETWORK, "cut");
        });
        long input = book.purchases.getFirst().worst().tokens() - 8_000;
        assertEquals(List.of(Scene.MODEL.cost(new Usage(input, 0, 0, 502, 0))), book.settled);
        assertEquals(List.of(), book.reserved);
    }

    @Test
    void anAnswerThatComesTooLateForTheLogIsNotInTheBookEither() {
        assertThrows(
                SessionException.class,
                () -> run(List.of(DOLLAR), request -> {
                    scene.log.isTaken = true;
                    return say("late").to(request);
                }));
        assertEquals(List.of(), book.settled);
        assertEquals(List.of(), book.reserved);
    }

    @Test
    void everyCallOfATurnIsPaid() {
        scene.tool("look", Effect.READ, _ -> "result");
        run(List.of(DOLLAR), call(use("a", "look")), say("done"));
        assertEquals(List.of(Money.of("0.002"), Money.of("0.002")), book.settled);
    }

    @Test
    void anotherModelIsAskedForNoLongerAnAnswer() {
        ModelRequest request =
                new ModelRequest(Scene.MODEL.withMaxOutputTokens(5_000), "", List.of(), List.of(), Optional.empty());
        Model large = new Model("test", "large", 1_000_000, 64_000, Optional.empty());
        assertEquals(large.withMaxOutputTokens(5_000), request.to(large).model());
        assertEquals(
                large.withMaxOutputTokens(100),
                request.to(large.withMaxOutputTokens(100)).model());
    }

    /// A page of a ledger: one day, and whatever was spent before.
    private static final class Book implements Ledger {
        private final List<Purchase> purchases = new ArrayList<>();
        private final List<Purchase> reserved = new ArrayList<>();
        private final List<Money> settled = new ArrayList<>();
        private Amount spent = Amount.ZERO;
        private boolean isBroken;

        @Override
        public Admission reserve(Purchase purchase, List<Budget> budgets) {
            if (isBroken) {
                throw new LedgerException("No ledger today.", new IOException());
            }
            purchases.add(purchase);
            for (Budget budget : budgets) {
                if (!budget.covers(spent.plus(purchase.worst()))) {
                    return new Admission.Refused(
                            budget, spent, Amount.ZERO, budget.scope().renewal(Instant.parse("2026-11-21T09:00:00Z")));
                }
            }
            reserved.add(purchase);
            return new Admission.Reserved(1, purchase);
        }

        @Override
        public void settle(Admission.Reserved which, Charge charge) {
            reserved.remove(which.purchase());
            charge.cost().ifPresent(settled::add);
        }

        @Override
        public void release(Admission.Reserved which) {
            reserved.remove(which.purchase());
        }

        @Override
        public List<Total> totals(Grouping by, Instant since) {
            return List.of();
        }
    }
}
