package dev.fettle.core.text;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class TextLimitTest {
    private static final TextLimit LIMIT = new TextLimit("A motto", 5);

    private static void assertSays(String words, Runnable action) {
        assertEquals(
                words, assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }

    @Test
    void whatFitsIsTaken() {
        assertDoesNotThrow(() -> LIMIT.check("fünf!"));
        assertDoesNotThrow(() -> LIMIT.checkFilled("\n a\t"));
        assertDoesNotThrow(() -> LIMIT.check(""));
    }

    @Test
    void theMessageNamesTheTextAndTheRemedy() {
        assertSays("A motto may have 5 characters at most; this has 6. Shorten it.", () -> LIMIT.check("sechs!"));
        assertSays("A motto may not hold a NUL character; take it out.", () -> LIMIT.check("a\0"));
        assertSays("A motto may not be empty.", () -> LIMIT.checkFilled(" \n"));
        assertSays("A motto may have 5 characters at most; this has 6. Shorten it.", () -> LIMIT.checkFilled("sechs!"));
    }
}
