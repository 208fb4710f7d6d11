package dev.fettle.core.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class CacheKeyTest {
    @Test
    void theSameQuestionOfTheSameTenantHasTheSameKey() {
        assertEquals(CacheKey.of("ann", "chat", "why?"), CacheKey.of("ann", "chat", "why?"));
        assertEquals(64, CacheKey.of("ann", "chat", "why?").digest().length());
    }

    @Test
    void whateverDiffersMakesAnotherKey() {
        CacheKey key = CacheKey.of("ann", "chat", "why?");
        assertNotEquals(key, CacheKey.of("bob", "chat", "why?"));
        assertNotEquals(key, CacheKey.of("ann", "chat", "why"));
        assertNotEquals(key, CacheKey.of("ann", "chatw", "hy?"));
        assertNotEquals(key, CacheKey.of("ann", "chat", "why?", ""));
    }

    @Test
    void aKeyBelongsToSomebody() {
        assertThrows(IllegalArgumentException.class, () -> CacheKey.of("", "why?"));
    }
}
