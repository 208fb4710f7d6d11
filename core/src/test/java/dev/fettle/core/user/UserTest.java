package dev.fettle.core.user;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class UserTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private static ApiKey key(Optional<Instant> expiresAt, boolean isRevoked, KeyScope... scopes) {
        return new ApiKey("key_1", "usr_1", "CI", Set.of(scopes), NOW, expiresAt, Optional.empty(), isRevoked);
    }

    private static User user(Role role) {
        return new User("usr_1", "ann", role, true, NOW);
    }

    @Test
    void anAddressAndLettersOfAnyAlphabetMakeAName() {
        for (String name :
                List.of("a", "ann", "ann.smith+ci@example.org", "Jürgen", "用户", "7", "u-_", "x".repeat(64))) {
            assertDoesNotThrow(() -> User.checkName(name), name);
        }
    }

    @Test
    void aNameThatLooksLikeAnIdIsRefusedInWords() {
        assertEquals(
                "A user name has 1 to 64 letters, digits and any of . _ @ + -, begins with a letter or digit, and not"
                        + " with usr_; this has 5 characters: `usr_1`",
                assertThrows(IllegalArgumentException.class, () -> User.checkName("usr_1"))
                        .getMessage());
    }

    @Test
    void aKeyLivesUntilItsEndOrUntilItIsRevoked() {
        assertTrue(key(Optional.empty(), false, KeyScope.READ).isLiveAt(NOW));
        assertTrue(key(Optional.of(NOW.plusMillis(1)), false, KeyScope.READ).isLiveAt(NOW));
        assertFalse(key(Optional.of(NOW), false, KeyScope.READ).isLiveAt(NOW));
        assertFalse(key(Optional.empty(), true, KeyScope.READ).isLiveAt(NOW));
    }

    @Test
    void aCallerMayWhatTheKeyOpensAndTheRoleAllows() {
        ApiKey all = key(Optional.empty(), false, KeyScope.values());

        assertTrue(new Keys.Caller(user(Role.USER), all).may(KeyScope.RUN));
        assertFalse(new Keys.Caller(user(Role.USER), all).may(KeyScope.ADMIN));
        assertTrue(new Keys.Caller(user(Role.ADMIN), all).may(KeyScope.ADMIN));
        assertFalse(new Keys.Caller(user(Role.ADMIN), key(Optional.empty(), false, KeyScope.RUN)).may(KeyScope.READ));
    }

    @Test
    void wordsAreWhatIsWritten() {
        assertEquals("admin", Role.ADMIN.word());
        assertEquals("run", KeyScope.RUN.word());
    }
}
