package dev.fettle.core.agent;

import dev.fettle.core.model.Delta;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.TokenEstimate;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.usage.Amount;
import dev.fettle.core.usage.Budget;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.LedgerException;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Pays for model calls. Before a call the most that it may cost is reserved in the ledger, after it the real
/// cost takes the reservation's place. When a budget runs low, the answer is limited to what it still covers,
/// as long as that is enough for a useful one.
///
/// @param user who is charged
/// @param allowsUnpriced whether a model without a price may be called though there is a budget in dollars
/// @param fallbacks models that may answer in place of the requested one; the dearest counts
public record Purse(Ledger ledger, String user, List<Budget> budgets, boolean allowsUnpriced, List<Model> fallbacks) {
    /// Enough for a tool call that writes a file of some hundred lines.
    static final int SMALLEST_ANSWER = 4_096;

    /// How long a call may take to stop once its turn's time is up.
    private static final Duration GRACE = Duration.ofMinutes(1);

    /// Pays everything and keeps no book.
    public static final Purse UNLIMITED = new Purse(Ledger.NONE, Session.LOCAL_USER, List.of(), true, List.of());

    public Purse {
        budgets = List.copyOf(budgets);
        fallbacks = List.copyOf(fallbacks);
    }

    /// A call that must not be made, for the reason and with the remedy that the message names.
    static final class RefusedException extends RuntimeException {
        RefusedException(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return Objects.requireNonNull(super.getMessage());
        }
    }

    /// Reserves the worst case of the turn's next call.
    ///
    /// @throws RefusedException if a budget does not cover it
    /// @throws LedgerException if the ledger cannot be used
    Reservation reserve(Turn turn, ModelRequest request) {
        requirePrices(request.model());
        long input = TokenEstimate.of(request);
        int most = withinTurn(turn, request.model(), input);
        while (true) {
            Model model = request.model().withMaxOutputTokens(most);
            Ledger.Purchase purchase = new Ledger.Purchase(
                    user,
                    turn.session().value(),
                    worst(model, input),
                    turn.assignment().limits().time().plus(GRACE));
            switch (ledger.reserve(purchase, budgets)) {
                case Ledger.Admission.Reserved reserved -> {
                    return new Reservation(reserved, request.to(model), input);
                }
                case Ledger.Admission.Refused refused -> {
                    long affordable = affordable(refused, model, input);
                    if (affordable >= most || affordable < SMALLEST_ANSWER) {
                        throw new RefusedException(Shortfall.words(refused, worst(smallest(model), input)));
                    }
                    most = Math.toIntExact(affordable);
                }
            }
        }
    }

    private void requirePrices(Model model) {
        boolean countsDollars = budgets.stream().anyMatch(Budget.Dollars.class::isInstance);
        if (!countsDollars || allowsUnpriced) {
            return;
        }
        candidates(model).filter(each -> each.price().isEmpty()).findFirst().ifPresent(each -> {
            throw new RefusedException(
                    ("No price is known for %s, so a budget in dollars cannot be kept. Give its price in models.json, "
                                    + "or let it pass with --allow-unpriced (AGENT_ALLOW_UNPRICED).")
                            .formatted(each.name()));
        });
    }

    /// The turn's own limits end it only once they are reached; what they still cover limits the last answer.
    private static int withinTurn(Turn turn, Model model, long input) {
        var limits = turn.assignment().limits();
        var totals = turn.conversation().turn();
        long byCost = limits.cost()
                .flatMap(most -> model.price().map(price -> price.affordableOutput(most.less(totals.cost()), input)))
                .orElse(Long.MAX_VALUE);
        long byTokens = limits.tokens().isPresent()
                ? limits.tokens().getAsLong() - totals.usage().total() - input
                : Long.MAX_VALUE;
        long covered = Math.max(SMALLEST_ANSWER, Math.min(byCost, byTokens));
        return (int) Math.min(model.maxOutputTokens(), covered);
    }

    private Stream<Model> candidates(Model model) {
        return Stream.concat(Stream.of(model), fallbacks.stream());
    }

    private Amount worst(Model model, long input) {
        Money dearest = candidates(model)
                .flatMap(each -> each.price().stream())
                .map(price -> price.worst(input, model.maxOutputTokens()))
                .max(Money::compareTo)
                .orElse(Money.ZERO);
        return new Amount(dearest, input + model.maxOutputTokens());
    }

    private static Model smallest(Model model) {
        return model.withMaxOutputTokens(Math.min(model.maxOutputTokens(), SMALLEST_ANSWER));
    }

    private long affordable(Ledger.Admission.Refused refused, Model model, long input) {
        Amount taken = refused.spent().plus(refused.reserved());
        return switch (refused.budget()) {
            case Budget.Dollars dollars ->
                candidates(model)
                        .flatMap(each -> each.price().stream())
                        .mapToLong(
                                price -> price.affordableOutput(dollars.most().less(taken.cost()), input))
                        .min()
                        .orElse(0);
            case Budget.Tokens tokens -> tokens.most() - taken.tokens() - input;
        };
    }

    /// What is set aside for one call. Closed without being settled, it is given back, unless a part of the
    /// answer had arrived: then the provider charges for it, and an estimate is entered.
    final class Reservation implements AutoCloseable {
        private final Ledger.Admission.Reserved reserved;
        private final ModelRequest request;
        private final long input;
        private boolean hasBegun;
        private long arrived;
        private boolean isSettled;

        private Reservation(Ledger.Admission.Reserved reserved, ModelRequest request, long input) {
            this.reserved = reserved;
            this.request = request;
            this.input = input;
        }

        /// What may be asked: its answer is limited to what was reserved.
        ModelRequest request() {
            return request;
        }

        /// The same sink, for a call whose pieces are counted.
        Consumer<Delta> counting(Consumer<Delta> deltas) {
            return delta -> {
                String text = text(delta);
                hasBegun |= !text.isEmpty();
                arrived += TokenEstimate.of(text);
                deltas.accept(delta);
            };
        }

        private static String text(Delta delta) {
            return switch (delta) {
                case Delta.Text text -> text.text();
                case Delta.Reasoning reasoning -> reasoning.text();
                case Delta.CallBegun begun -> begun.name();
                case Delta.ToolOutput output -> output.text();
                case Delta.Discarded _, Delta.Waiting _, Delta.Switched _ -> "";
            };
        }

        /// Enters what the call took, together with its answer, so that the book and the log agree: an answer that
        /// comes when another owner has the session is in neither.
        ///
        /// @param model the one that answered
        /// @param keeping keeps the answer and what it is given
        void settle(Model model, Usage usage, Consumer<Runnable> keeping) {
            isSettled = true;
            try {
                keeping.accept(() -> charge(model, usage));
            } catch (SessionException e) {
                if (e.kind() == SessionException.Kind.LOST) {
                    ledger.release(reserved);
                }
                throw e;
            }
        }

        private void charge(Model model, Usage usage) {
            ledger.settle(
                    reserved,
                    new Ledger.Charge(model.name(), usage, model.price().map(price -> price.of(usage))));
        }

        @Override
        public void close() {
            if (isSettled) {
                return;
            }
            if (hasBegun) {
                charge(request.model(), new Usage(input, 0, 0, arrived, 0));
            } else {
                ledger.release(reserved);
            }
        }
    }
}
