package dev.fettle.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.limit.SharedCells;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What all [SharedCells] do. An implementation's test extends this and says how to make some, and how to cut them off.
@Timeout(30)
public abstract class SharedCellsContract {
    private static final Duration LONG = Duration.ofMinutes(1);

    /// Cells as another process sees them, too.
    protected abstract SharedCells cells();

    protected abstract void cutOff();

    protected abstract void mend();

    /// Lets time pass, if that does not do so by itself.
    protected abstract void letPass(Duration time);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aCellIsWrittenByWhoKnowsWhatItHolds() {
        String cell = "written";
        assertEquals(Optional.empty(), cells().get(cell));
        assertFalse(cells().swap(cell, Optional.of(bytes("other")), bytes("one"), LONG));
        assertTrue(cells().swap(cell, Optional.empty(), bytes("one"), LONG));
        assertFalse(cells().swap(cell, Optional.empty(), bytes("two"), LONG));
        assertArrayEquals(bytes("one"), cells().get(cell).orElseThrow());
        byte[] any = {0, -1, '\r', '\n', 127};
        assertTrue(cells().swap(cell, Optional.of(bytes("one")), any, LONG));
        assertArrayEquals(any, cells().get(cell).orElseThrow());
        assertTrue(cells().swap(cell, Optional.of(any), bytes("two"), LONG));
    }

    @Test
    void ofManyWhoWriteAtTheSameMomentOneDoes() throws InterruptedException {
        List<Object> outcomes = Together.ask(20, i -> cells().swap("wanted", Optional.empty(), bytes("by " + i), LONG));

        assertEquals(1, outcomes.stream().filter(Boolean.TRUE::equals).count(), outcomes::toString);
        assertEquals(19, outcomes.stream().filter(Boolean.FALSE::equals).count(), outcomes::toString);
    }

    @Test
    void aCellIsForgottenWhenItsTimeIsOver() {
        assertTrue(cells().swap("brief", Optional.empty(), bytes("one"), Duration.ofMillis(20)));
        letPass(Duration.ofMillis(20));
        while (cells().get("brief").isPresent()) {
            Thread.onSpinWait();
        }
        assertTrue(cells().swap("brief", Optional.empty(), bytes("two"), LONG));
    }

    @Test
    void cellsThatAreAwaySaySoAndComeBack() {
        SharedCells cells = cells();
        assertEquals(Optional.empty(), cells.get("away"));
        cutOff();
        try {
            assertThrows(UncheckedIOException.class, () -> cells.get("away"));
            assertThrows(UncheckedIOException.class, () -> cells.swap("away", Optional.empty(), bytes("one"), LONG));
        } finally {
            mend();
        }
        while (!isBack(cells)) {
            Thread.onSpinWait();
        }
        assertTrue(cells.swap("away", Optional.empty(), bytes("one"), LONG));
    }

    /// A connection that was cut may be noticed once more.
    private static boolean isBack(SharedCells cells) {
        try {
            return cells.get("away").isEmpty();
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
