package dev.fettle.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import dev.fettle.store.sql.Owner;
import dev.fettle.store.sql.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class LeasesTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final FreshDatabase database = new FreshDatabase();

    private PostgresSessionStore open(Duration lease) {
        return PostgresSessionStore.open(
                new PostgresSessionStore.Options(database.url(), 3, lease, Duration.ofSeconds(30)));
    }

    private static Event said(String text) {
        return new Event.UserSaid(text, List.of());
    }

    private static void assertRefused(SessionException.Kind kind, Runnable action) {
        assertEquals(kind, assertThrows(SessionException.class, action::run).kind());
    }

    @Test
    void anOwnerElsewhereIsReplacedOnceItsLeaseHasRunOutByTheDatabasesClock() {
        database.withSettableClock().setClock(NOON);
        try (PostgresSessionStore one = open(HOUR);
                PostgresSessionStore other = open(HOUR)) {
            SessionId id = one.create("w", "t").id();
            EventLog stale = one.open(id);
            stale.append(said("one"));
            // Nobody here can tell whether a process there is alive.
            database.run("update session set owner_place = 'another machine', owner_pid = 999999999");
            database.setClock(NOON.plus(HOUR).minusMillis(1));
            assertRefused(SessionException.Kind.BUSY, () -> other.open(id));
            database.setClock(NOON.plus(HOUR));

            try (EventLog log = other.open(id)) {
                assertRefused(SessionException.Kind.LOST, () -> stale.append(said("too late")));
                assertEquals(2, log.append(said("two")).seq());
                stale.close();
                assertRefused(SessionException.Kind.BUSY, () -> one.open(id));
            }
            assertEquals(
                    List.of(said("one"), said("two")),
                    one.history(id).stream().map(LogEntry::event).toList());
        }
    }

    @Test
    void aLeaseThatRanOutIsGoodWhileNobodyElseWantsTheSession() {
        database.withSettableClock().setClock(NOON);
        try (PostgresSessionStore one = open(HOUR);
                PostgresSessionStore other = open(HOUR)) {
            SessionId id = one.create("w", "t").id();
            EventLog log = one.open(id);
            database.setClock(NOON.plus(HOUR).plus(HOUR));

            assertEquals(1, log.append(said("back again")).seq());

            assertRefused(SessionException.Kind.BUSY, () -> other.open(id));
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void anOwnerThatAppendsNothingForLongKeepsItsSession() {
        try (PostgresSessionStore store = open(Duration.ofMillis(300))) {
            SessionId id = store.create("w", "t").id();
            EventLog log = store.open(id);
            long first = leaseUntil(id);
            while (leaseUntil(id) < first + 900) {
                Thread.onSpinWait();
            }
            assertEquals(1, log.append(said("still mine")).seq());
        }
    }

    private long leaseUntil(SessionId id) {
        return database.number("select lease_until from session where id = '%s'".formatted(id));
    }

    @Test
    void theRefusalNamesTheProcessAndItsHost() {
        try (PostgresSessionStore store = open(HOUR)) {
            SessionId id = store.create("w", "t").id();
            store.open(id);
            database.run("update session set owner_host = 'worker-7'");

            SessionException refusal = assertThrows(SessionException.class, () -> store.open(id));

            assertEquals(
                    "Session %s is in use by process %d on worker-7; wait until its turn ends, or stop it"
                            .formatted(id, ProcessHandle.current().pid()),
                    refusal.getMessage());
        }
    }

    @Test
    void aProcessIsKnownToBeDeadOnlyWhereItWouldBeSeen() {
        Place here = Place.current();
        Owner gone = new Owner(999_999_999, 1);

        assertTrue(here.knowsAsDead(here.id(), gone));
        assertFalse(here.knowsAsDead("another machine", gone));
        assertFalse(here.knowsAsDead(here.id(), Owner.current()));
        assertFalse(new Place("host", "").knowsAsDead("", gone));
    }
}
