package dev.fettle.store;

import dev.fettle.core.limit.SharedCells;
import dev.fettle.testkit.MemoryCells;
import dev.fettle.testkit.SettableClock;
import dev.fettle.testkit.contract.SharedCellsContract;
import java.time.Duration;

/// The stand-in keeps the same promises.
final class MemoryCellsTest extends SharedCellsContract {
    private final SettableClock clock = new SettableClock();
    private final MemoryCells cells = new MemoryCells(clock);

    @Override
    protected SharedCells cells() {
        return cells;
    }

    @Override
    protected void cutOff() {
        cells.goAway();
    }

    @Override
    protected void mend() {
        cells.comeBack();
    }

    @Override
    protected void letPass(Duration time) {
        clock.advance(time);
    }
}
