package dev.fettle.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.user.Role;
import dev.fettle.core.user.User;
import dev.fettle.core.user.UserException;
import dev.fettle.core.user.Users;
import dev.fettle.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every [Users] does. An implementation's test extends this and says how to make one.
public abstract class UsersContract {
    protected final SettableClock clock = new SettableClock();

    /// The users under test, nobody at first and timed by [#clock].
    protected abstract Users users();

    private static void assertRefused(UserException.Kind kind, String says, Runnable action) {
        UserException refusal = assertThrows(UserException.class, action::run);
        assertEquals(kind, refusal.kind());
        assertEquals(says, refusal.getMessage());
    }

    @Test
    void whoeverIsAddedIsFoundByIdAndByName() {
        User ann = users().add("ann@example.org", Role.ADMIN);

        assertEquals(new User(ann.id(), "ann@example.org", Role.ADMIN, true, clock.instant()), ann);
        assertTrue(ann.id().matches("usr_[0-9a-f]{32}"), ann.id());
        assertEquals(Optional.of(ann), users().find(ann.id()));
        assertEquals(Optional.of(ann), users().find("Ann@Example.ORG"));
        assertEquals(Optional.empty(), users().find("bob"));
        assertEquals(Optional.empty(), users().find(""));
    }

    @Test
    void listsInTheOrderTheyCame() {
        User zoe = users().add("zoe", Role.USER);
        clock.advance(Duration.ofMillis(1));
        User ann = users().add("ann", Role.USER);

        assertEquals(List.of(zoe, ann), users().list());
    }

    @Test
    void aNameIsGivenOnceInWhateverCase() {
        User first = users().add("Jürgen", Role.USER);
        User other = users().add("bob", Role.USER);
        String says = "There is a user `Jürgen` already; choose another name";

        assertRefused(UserException.Kind.NAME_TAKEN, says, () -> users().add("JÜRGEN", Role.USER));
        assertRefused(UserException.Kind.NAME_TAKEN, says, () -> users().rename(other.id(), "jürgen"));

        assertEquals(Set.of(first, other), Set.copyOf(users().list()));
        assertEquals("JÜRGEN", users().rename(first.id(), "JÜRGEN").name());
    }

    @Test
    void whatIsChangedIsKept() {
        User ann = users().add("ann", Role.USER);
        users().add("root", Role.ADMIN);
        clock.advance(Duration.ofDays(1));

        users().rename(ann.id(), "anna");
        users().setRole(ann.id(), Role.ADMIN);
        User changed = users().deactivate(ann.id());

        assertEquals(new User(ann.id(), "anna", Role.ADMIN, false, ann.createdAt()), changed);
        assertEquals(Optional.of(changed), users().find("anna"));
        assertEquals(Optional.empty(), users().find("ann"));
        assertEquals(changed, users().deactivate(ann.id()));
        assertEquals(new User(ann.id(), "anna", Role.ADMIN, true, ann.createdAt()), users().activate(ann.id()));
    }

    @Test
    void whoIsNotThereCannotBeChanged() {
        String says = "There is no user with the id `usr_nobody`";

        assertRefused(UserException.Kind.NOT_FOUND, says, () -> users().rename("usr_nobody", "x"));
        assertRefused(UserException.Kind.NOT_FOUND, says, () -> users().setRole("usr_nobody", Role.ADMIN));
        assertRefused(UserException.Kind.NOT_FOUND, says, () -> users().deactivate("usr_nobody"));
        assertRefused(UserException.Kind.NOT_FOUND, says, () -> users().activate("usr_nobody"));
    }

    @Test
    void whatCannotBeANameIsRefused() {
        User ann = users().add("ann", Role.USER);
        for (String name : List.of("", " ", "a b", "-a", "usr_ann", "USR_ann", "a\0b", "a'b", "x".repeat(65))) {
            assertThrows(IllegalArgumentException.class, () -> users().add(name, Role.USER), name);
            assertThrows(IllegalArgumentException.class, () -> users().rename(ann.id(), name), name);
        }
        assertEquals(List.of(ann), users().list());
    }

    @Test
    void theLastAdministratorWhoIsLetInStays() {
        User ann = users().add("ann", Role.ADMIN);
        User bob = users().add("bob", Role.ADMIN);
        User zoe = users().add("zoe", Role.USER);
        users().deactivate(bob.id());
        String says = "`ann` is the only administrator who is let in; make somebody else one first";

        assertRefused(UserException.Kind.LAST_ADMIN, says, () -> users().setRole(ann.id(), Role.USER));
        assertRefused(UserException.Kind.LAST_ADMIN, says, () -> users().deactivate(ann.id()));
        assertEquals(Optional.of(ann), users().find("ann"));

        assertEquals(Role.ADMIN, users().setRole(ann.id(), Role.ADMIN).role());
        assertEquals(Role.USER, users().setRole(bob.id(), Role.USER).role());
        users().setRole(zoe.id(), Role.ADMIN);
        assertEquals(Role.USER, users().setRole(ann.id(), Role.USER).role());
    }

    @Test
    void ofAdministratorsWhoShutEachOtherOutAtTheSameMomentOneStays() throws InterruptedException {
        List<User> admins = IntStream.range(0, 8)
                .mapToObj(i -> users().add("admin" + i, Role.ADMIN))
                .toList();

        List<Object> outcomes = Together.ask(
                8,
                i -> i % 2 == 0
                        ? users().deactivate(admins.get(i).id())
                        : users().setRole(admins.get(i).id(), Role.USER));

        assertEquals(7, outcomes.stream().filter(User.class::isInstance).count(), outcomes::toString);
        assertEquals(
                1,
                users().list().stream()
                        .filter(user -> user.isActive() && user.role() == Role.ADMIN)
                        .count());
    }

    @Test
    void ofManyWhoWantOneNameAtTheSameMomentOneGetsIt() throws InterruptedException {
        List<Object> outcomes = Together.ask(20, _ -> users().add("ann", Role.USER));

        assertEquals(1, outcomes.stream().filter(User.class::isInstance).count(), outcomes::toString);
        assertEquals(
                19,
                outcomes.stream()
                        .filter(each -> each instanceof UserException e && e.kind() == UserException.Kind.NAME_TAKEN)
                        .count(),
                outcomes::toString);
    }
}
