package dev.fettle.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.user.ApiKey;
import dev.fettle.core.user.KeyScope;
import dev.fettle.core.user.Keys;
import dev.fettle.core.user.Keys.Caller;
import dev.fettle.core.user.Keys.Created;
import dev.fettle.core.user.Keys.Order;
import dev.fettle.core.user.Role;
import dev.fettle.core.user.User;
import dev.fettle.core.user.UserException;
import dev.fettle.core.user.Users;
import dev.fettle.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What every [Keys] does. An implementation's test extends this and says how to make one.
public abstract class KeysContract {
    private static final Set<KeyScope> ALL = Set.of(KeyScope.values());

    protected final SettableClock clock = new SettableClock();

    /// The keys under test, none at first and timed by [#clock].
    protected abstract Keys keys();

    /// The users they let in, nobody at first.
    protected abstract Users users();

    private User ann() {
        return users().find("ann").orElseGet(() -> users().add("ann", Role.USER));
    }

    private Created create() {
        return keys().create(ann().id(), "laptop", ALL);
    }

    private Created createUntil(Instant end) {
        return keys().create(new Order(ann().id(), "laptop", ALL, Optional.of(end)));
    }

    private Optional<Caller> present(Created created) {
        return keys().authenticate(created.secret().reveal());
    }

    private ApiKey only() {
        List<ApiKey> keys = keys().list(ann().id());
        assertEquals(1, keys.size());
        return keys.getFirst();
    }

    @Test
    void aKeyLetsItsUserIn() {
        Instant end = clock.instant().plus(Duration.ofDays(90));
        User ann = ann();
        Created created =
                keys().create(new Order(ann.id(), "CI", Set.of(KeyScope.READ, KeyScope.RUN), Optional.of(end)));

        ApiKey key = new ApiKey(
                created.key().id(),
                ann.id(),
                "CI",
                Set.of(KeyScope.READ, KeyScope.RUN),
                clock.instant(),
                Optional.of(end),
                Optional.empty(),
                false);
        assertEquals(key, created.key());
        assertEquals(List.of(key), keys().list(ann.id()));
        assertTrue(created.secret().reveal().matches("fk_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}"));
        assertEquals(Optional.of(new Caller(ann, key)), present(created));
    }

    @Test
    void whatIsNoKeyLetsNobodyIn() {
        String secret = create().secret().reveal();
        String lastChanged = secret.substring(0, 54) + (secret.endsWith("a") ? "b" : "a");
        String otherLookup = "fk_" + (secret.startsWith("fk_a") ? "b" : "a") + secret.substring(4);
        for (String presented : List.of(
                "",
                "fk_",
                "Bearer " + secret,
                secret + " ",
                secret + "\n",
                secret.substring(0, 54),
                secret + "a",
                secret.replace("fk_", "FK_"),
                "' or 1 = 1 --",
                "fk_%%%%%%%%_" + secret.substring(12),
                "\0",
                lastChanged,
                otherLookup)) {
            assertEquals(Optional.empty(), keys().authenticate(presented), presented);
        }
    }

    @Test
    void aRevokedKeyLetsNobodyIn() {
        Created created = create();

        assertTrue(keys().revoke(ann().id(), created.key().id()));

        assertEquals(Optional.empty(), present(created));
        assertTrue(only().isRevoked());
        assertTrue(keys().revoke(ann().id(), created.key().id()));
    }

    @Test
    void nobodyRevokesAnothersKey() {
        Created created = create();
        User bob = users().add("bob", Role.ADMIN);

        assertFalse(keys().revoke(bob.id(), created.key().id()));
        assertFalse(keys().revoke(ann().id(), "key_none"));

        assertTrue(present(created).isPresent());
        assertEquals(List.of(), keys().list(bob.id()));
    }

    @Test
    void aKeyOpensUpToItsEndByTheStoresClock() {
        Created created = createUntil(clock.instant().plus(Duration.ofHours(1)));
        clock.advance(Duration.ofHours(1).minusMillis(1));
        assertTrue(present(created).isPresent());

        clock.advance(Duration.ofMillis(1));

        assertEquals(Optional.empty(), present(created));
    }

    @Test
    void whoIsShutOutIsShutOutWithAllKeys() {
        Created created = create();
        users().deactivate(ann().id());
        assertEquals(Optional.empty(), present(created));

        users().activate(ann().id());

        assertTrue(present(created).isPresent());
    }

    @Test
    void aKeyOpensNoMoreThanItsUserMayDo() {
        Created created = create();
        Caller user = present(created).orElseThrow();
        assertTrue(user.may(KeyScope.RUN));
        assertFalse(user.may(KeyScope.ADMIN));

        users().setRole(ann().id(), Role.ADMIN);

        assertTrue(present(created).orElseThrow().may(KeyScope.ADMIN));
        Created reading = keys().create(ann().id(), "screen", Set.of(KeyScope.READ));
        assertFalse(present(reading).orElseThrow().may(KeyScope.ADMIN));
    }

    @Test
    void useIsNotedOnceAMinute() {
        Instant first = clock.instant();
        Created created = create();
        present(created);
        assertEquals(Optional.of(first), only().lastUsedAt());

        clock.advance(Duration.ofSeconds(59));
        present(created);
        assertEquals(Optional.of(first), only().lastUsedAt());

        clock.advance(Duration.ofSeconds(1));
        present(created);
        assertEquals(Optional.of(clock.instant()), only().lastUsedAt());
    }

    @Test
    void whatLetsNobodyInIsNoUse() {
        Created created = create();
        keys().revoke(ann().id(), created.key().id());

        present(created);

        assertEquals(Optional.empty(), only().lastUsedAt());
    }

    @Test
    void eachKeyIsAnother() {
        Created one = create();
        clock.advance(Duration.ofMillis(1));
        Created two = create();

        assertNotEquals(one.secret().reveal(), two.secret().reveal());
        assertEquals(List.of(one.key(), two.key()), keys().list(ann().id()));
        assertEquals(one.key().id(), present(one).orElseThrow().key().id());
        assertEquals(two.key().id(), present(two).orElseThrow().key().id());
    }

    @Test
    void whatCannotBeAKeyIsRefusedInWords() {
        String ann = ann().id();
        assertSays("The label of a key may not be empty.", new Order(ann, " ", ALL, Optional.empty()));
        assertSays(
                "The label of a key may have 100 characters at most; this has 101. Shorten it.",
                new Order(ann, "x".repeat(101), ALL, Optional.empty()));
        assertEquals(
                "A key without a scope opens nothing; give it read, run or admin.",
                assertThrows(IllegalArgumentException.class, () -> keys().create(ann, "x", Set.of()))
                        .getMessage());
        assertSays(
                "A key that ends at 2026-11-21T09:00:00Z never opens anything: it is 2026-11-21T09:00:00Z",
                new Order(ann, "x", ALL, Optional.of(clock.instant())));
        assertEquals(
                UserException.Kind.NOT_FOUND,
                assertThrows(UserException.class, () -> keys().create("usr_nobody", "x", ALL))
                        .kind());
        assertEquals(List.of(), keys().list(ann));
    }

    private void assertSays(String words, Order order) {
        assertEquals(
                words,
                assertThrows(IllegalArgumentException.class, () -> keys().create(order))
                        .getMessage());
    }

    @Test
    void theCleanUpRemovesOnlyWhatHasBeenDeadForLong() {
        Created living = createUntil(clock.instant().plus(Duration.ofDays(365)));
        Created endless = create();
        createUntil(clock.instant().plus(Duration.ofDays(1)));
        keys().revoke(ann().id(), create().key().id());
        clock.advance(Duration.ofDays(32));
        Created lately = create();
        keys().revoke(ann().id(), lately.key().id());

        assertEquals(2, keys().dropDeadSince(clock.instant().minus(Duration.ofDays(30))));

        assertEquals(
                Set.of(living.key().id(), endless.key().id(), lately.key().id()),
                Set.copyOf(keys().list(ann().id()).stream().map(ApiKey::id).toList()));
    }
}
