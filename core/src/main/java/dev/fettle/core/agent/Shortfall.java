package dev.fettle.core.agent;

import dev.fettle.core.usage.Amount;
import dev.fettle.core.usage.Budget;
import dev.fettle.core.usage.Ledger;
import java.util.Locale;

/// Says which budget does not cover a call, how it stands, when it frees, and what to do about it.
final class Shortfall {
    private Shortfall() {}

    /// One paragraph for a person.
    ///
    /// @param least what the call would take even with a short answer
    static String words(Ledger.Admission.Refused refused, Amount least) {
        Budget budget = refused.budget();
        String setting = setting(budget);
        String frees = refused.renewal()
                .map("It begins anew at %s. To go on before, raise "::formatted)
                .orElse("Begin another session, or raise ");
        return "The budget of %s %s (%s) does not cover the next call: %s spent, %s reserved by calls under way, and this one may take %s. %s%s."
                .formatted(
                        most(budget),
                        stretch(budget.scope()),
                        setting,
                        shown(budget, refused.spent()),
                        shown(budget, refused.reserved()),
                        shown(budget, least),
                        frees,
                        setting);
    }

    private static String most(Budget budget) {
        return switch (budget) {
            case Budget.Dollars dollars -> dollars.most().display();
            case Budget.Tokens tokens -> tokens(tokens.most());
        };
    }

    private static String shown(Budget budget, Amount amount) {
        return switch (budget) {
            case Budget.Dollars _ -> amount.cost().display();
            case Budget.Tokens _ -> tokens(amount.tokens());
        };
    }

    private static String tokens(long count) {
        return String.format(Locale.ROOT, "%,d tokens", count);
    }

    private static String stretch(Budget.Scope scope) {
        return switch (scope) {
            case SESSION -> "a session";
            case DAY -> "a day";
            case MONTH -> "a month";
            case USER -> "a month for this user";
        };
    }

    private static String setting(Budget budget) {
        String scope = "AGENT_BUDGET_" + budget.scope();
        return switch (budget) {
            case Budget.Dollars _ -> scope;
            case Budget.Tokens _ -> scope + "_TOKENS";
        };
    }
}
