package dev.fettle.store;

import dev.fettle.core.usage.Ledger;
import dev.fettle.testkit.LedgerContract;
import dev.fettle.testkit.MemoryLedger;

/// The stand-in that other modules test with keeps the same contract as the real ledger.
final class MemoryLedgerTest extends LedgerContract {
    private final MemoryLedger ledger = new MemoryLedger(clock);

    @Override
    protected Ledger ledger() {
        return ledger;
    }

    @Override
    protected void loseHolders() {
        ledger.loseHolders();
    }
}
