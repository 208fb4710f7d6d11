package dev.fettle.testkit;

import dev.fettle.core.limit.SharedCells;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Cells that servers of one test share, and that go away when the test says so.
public final class MemoryCells implements SharedCells {
    private final InstantSource clock;
    private final Map<String, Held> cells = new HashMap<>();
    private boolean isAway;
    private int asked;

    private record Held(ByteBuffer value, Instant until) {}

    public MemoryCells(InstantSource clock) {
        this.clock = clock;
    }

    public synchronized void goAway() {
        isAway = true;
    }

    public synchronized void comeBack() {
        isAway = false;
    }

    /// How often anything was asked for, be it in vain.
    public synchronized int asked() {
        return asked;
    }

    /// Has every cell that was written hold something else.
    public synchronized void fillWith(byte[] value) {
        cells.replaceAll((_, held) -> new Held(ByteBuffer.wrap(value), held.until()));
    }

    @Override
    public synchronized Optional<byte[]> get(String cell) {
        asked++;
        if (isAway) {
            throw new UncheckedIOException(new IOException("The cells are away"));
        }
        return Optional.ofNullable(cells.get(cell))
                .filter(held -> clock.instant().isBefore(held.until()))
                .map(held -> held.value().array().clone());
    }

    @Override
    public synchronized boolean swap(String cell, Optional<byte[]> expected, byte[] next, Duration kept) {
        if (!get(cell).map(ByteBuffer::wrap).equals(expected.map(ByteBuffer::wrap))) {
            return false;
        }
        cells.put(cell, new Held(ByteBuffer.wrap(next.clone()), clock.instant().plus(kept)));
        return true;
    }
}
