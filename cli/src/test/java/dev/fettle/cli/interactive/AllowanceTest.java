package dev.fettle.cli.interactive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.cli.Terminal;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.interactive.talk.TurnView;
import dev.fettle.core.usage.Amount;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private static final TurnView.Facts FACTS =
            new TurnView.Facts(Optional.empty(), 0, Money.of("0.50"), Money.of("0.20"));

    private final Terminal host = new Terminal();

    private void spend(String user, String dollars) {
        Ledger ledger = host.ledger();
        Amount most = new Amount(Money.of(dollars), 10);
        Ledger.Purchase purchase = new Ledger.Purchase(user, "", most, Duration.ofMinutes(1));
        ledger.settle(
                (Ledger.Admission.Reserved) ledger.reserve(purchase, List.of()),
                new Ledger.Charge("test/model", new Usage(10, 0, 0, 0, 0), Optional.of(Money.of(dollars))));
    }

    private Optional<Money> left(String... settings) {
        List<Host.SettingRow> rows = List.of(settings).stream()
                .map(each -> each.split("=", 2))
                .map(each -> new Host.SettingRow(each[0], each[1], "environment", ""))
                .toList();
        return Allowance.of(host, rows, host.clock.instant()).left(FACTS);
    }

    @Test
    void withoutBudgetsNothingIsLimited() {
        assertEquals(Optional.empty(), left());
    }

    @Test
    void aTurnsIsLessWhatTheTurnTook() {
        assertEquals(Optional.of(Money.of("0.80")), left("AGENT_MAX_COST=1.00"));
    }

    @Test
    void aDaysIsLessWhatTheDayTookBeforeAndInThisSitting() {
        spend("ann", "3");

        assertEquals(Optional.of(Money.of("6.50")), left("AGENT_BUDGET_DAY=10"));
        host.clock.advance(Duration.ofDays(1));
        assertEquals(Optional.of(Money.of("9.50")), left("AGENT_BUDGET_DAY=10"));
    }

    @Test
    void aUsersIsLessWhatThatUserTook() {
        spend("ann", "3");
        spend("local", "1");

        assertEquals(Optional.of(Money.of("8.50")), left("AGENT_BUDGET_USER=10"));
    }

    @Test
    void theScarcestCounts() {
        assertEquals(Optional.of(Money.of("0.30")), left("AGENT_MAX_COST=0.50", "AGENT_BUDGET_MONTH=100"));
    }
}
