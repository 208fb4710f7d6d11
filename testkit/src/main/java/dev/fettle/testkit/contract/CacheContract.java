package dev.fettle.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.cache.Cache;
import dev.fettle.core.cache.CacheKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What all [Cache]s do. An implementation's test extends this and says how to make one that is empty.
@Timeout(30)
public abstract class CacheContract {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final CacheKey ANNS = CacheKey.of("ann", "why?");
    private static final CacheKey BOBS = CacheKey.of("bob", "why?");

    /// The same in all of a test.
    protected abstract Cache cache();

    /// Lets time pass, if that does not do so by itself.
    protected abstract void letPass(Duration time);

    @Test
    void whatWasPutIsGivenToWhomItWasPutFor() {
        assertEquals(Optional.empty(), cache().get(ANNS));
        String text = "because\n\"☂\" \uD83C\uDF08\u0000";
        cache().put(ANNS, text, LONG);
        assertEquals(Optional.of(text), cache().get(ANNS));
        assertEquals(Optional.empty(), cache().get(BOBS));
        assertEquals(Optional.empty(), cache().get(CacheKey.of("ann", "when?")));
        cache().put(ANNS, "", LONG);
        assertEquals(Optional.of(""), cache().get(ANNS));
    }

    @Test
    void whatsTimeIsOverIsGone() {
        cache().put(ANNS, "brief", Duration.ofMillis(20));
        cache().put(BOBS, "long", LONG);
        letPass(Duration.ofMillis(20));
        while (cache().get(ANNS).isPresent()) {
            Thread.onSpinWait();
        }
        assertEquals(Optional.of("long"), cache().get(BOBS));
    }

    @Test
    void aTenantIsForgottenAndNobodyElse() {
        cache().put(ANNS, "anns", LONG);
        cache().put(BOBS, "bobs", LONG);
        cache().invalidate("ann");
        cache().invalidate("bo");
        assertEquals(Optional.empty(), cache().get(ANNS));
        assertEquals(Optional.of("bobs"), cache().get(BOBS));
        cache().put(ANNS, "new", LONG);
        assertEquals(Optional.of("new"), cache().get(ANNS));
    }

    @Test
    void everythingIsForgotten() {
        cache().put(ANNS, "anns", LONG);
        cache().put(BOBS, "bobs", LONG);
        cache().invalidateAll();
        assertEquals(Optional.empty(), cache().get(ANNS));
        assertEquals(Optional.empty(), cache().get(BOBS));
    }

    @Test
    void itSaysHowItIsUsed() {
        Cache.Layer before = cache().layers().getFirst();
        cache().get(ANNS);
        cache().put(ANNS, "anns", LONG);
        cache().get(ANNS);
        cache().get(ANNS);
        Cache.Layer after = cache().layers().getFirst();
        assertEquals(List.of(2L, 1L), List.of(after.hits() - before.hits(), after.misses() - before.misses()));
        assertTrue(cache().layers().stream().allMatch(each -> each.trouble().isEmpty()));
    }
}
