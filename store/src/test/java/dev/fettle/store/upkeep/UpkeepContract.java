package dev.fettle.store.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.audit.Audit;
import dev.fettle.core.report.DailyReport;
import dev.fettle.core.run.QueueStatus;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunRequest;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.usage.Amount;
import dev.fettle.core.usage.Budget;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import dev.fettle.core.user.Role;
import dev.fettle.core.user.User;
import dev.fettle.store.run.Runs;
import dev.fettle.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How both databases are looked after.
@Timeout(60)
abstract class UpkeepContract {
    private static final OldRows.Ages NINETY_DAYS =
            new OldRows.Ages(Optional.of(Duration.ofDays(90)), Optional.of(Duration.ofDays(90)));
    private static final OldRows.Ages FOR_EVER = new OldRows.Ages(Optional.empty(), Optional.empty());

    final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T09:00:00Z"));

    /// What follows is empty when a test begins.
    abstract SessionStore sessions();

    abstract Ledger ledger();

    abstract Runs runs();

    abstract Upkeep upkeep();

    /// Runs a statement that both databases understand.
    abstract void execute(String sql);

    /// Has the clock of the store follow.
    void advance(Duration by) {
        clock.advance(by);
    }

    private Filled fill() {
        return Filled.of(sessions(), ledger(), runs(), upkeep());
    }

    private Run run(SessionId session, String user) {
        return runs().queue().submit(session, new RunRequest("go", List.of(), Map.of("user", user), false));
    }

    /// Has a run end at the present, having taken some time.
    private void end(Run run, String status, Duration took) {
        long now = clock.millis();
        execute("update run set status = '%s', started_at = %d, ended_at = %d where id = '%s'"
                .formatted(status, now - took.toMillis(), now, run.id()));
    }

    private Map<String, Long> drop(OldRows.Ages ages, boolean isRehearsal) {
        return upkeep().oldRows().drop(ages, isRehearsal).stream()
                .filter(each -> each.count() > 0)
                .collect(Collectors.toMap(OldRows.Dropped::what, OldRows.Dropped::count));
    }

    @Test
    void byDefaultOnlyWhatHasLapsedGoes() {
        fill();
        advance(Duration.ofDays(1_000));

        assertEquals(Map.of("idempotency keys", 1L), drop(FOR_EVER, false));
        assertEquals(Map.of(), drop(FOR_EVER, false));
        assertEquals(2, sessions().list().size());
    }

    @Test
    void whatIsOldGoesAndARehearsalSaysTheSameAndLeavesIt() {
        Filled filled = fill();
        Run run = runs().queue().latest(filled.session()).orElseThrow();
        end(run, "completed", Duration.ofSeconds(2));
        upkeep().books().keys().revoke(filled.user().id(), filled.key().key().id());
        Map<String, Long> expected = Map.of(
                "sessions", 2L, "runs", 1L, "audit entries", 12L, "dead keys", 1L, "facts", 2L, "idempotency keys", 1L);
        advance(Duration.ofDays(90));
        assertEquals(Map.of("idempotency keys", 1L), drop(NINETY_DAYS, true));
        advance(Duration.ofMillis(1));

        assertEquals(expected, drop(NINETY_DAYS, true));
        assertEquals(2, sessions().list().size());
        assertEquals(expected, drop(NINETY_DAYS, false));

        assertEquals(List.of(), sessions().list());
        assertEquals(List.of(filled.user()), upkeep().books().users().list());
        assertEquals(
                List.of(), upkeep().books().audit().page(Audit.Query.latest(1)).entries());
        assertEquals(
                Optional.of(0L),
                Optional.ofNullable(upkeep().archive().contents().get("session_event")));
        assertEquals(
                2,
                ledger().totals(Ledger.Grouping.USER, Instant.EPOCH).getFirst().calls());
        assertEquals(Map.of(), drop(NINETY_DAYS, false));
    }

    @Test
    void factsStayUnlessTheyAreSaidToGo() {
        fill();
        advance(Duration.ofDays(91));

        Map<String, Long> dropped = drop(new OldRows.Ages(Optional.of(Duration.ofDays(90)), Optional.empty()), false);

        assertFalse(dropped.containsKey("facts"), dropped.toString());
    }

    @Test
    void aSessionWithAnOpenRunOrAnOwnerStays() {
        SessionId waited = sessions().create("/work", "waits for a worker").id();
        run(waited, "ann");
        SessionId held = sessions().create("/work", "is open").id();
        SessionId free = sessions().create("/work", "is over").id();
        advance(Duration.ofDays(91));
        try (EventLog _ = sessions().open(held)) {
            assertEquals(Map.of("sessions", 1L), drop(NINETY_DAYS, true));
            assertEquals(Map.of("sessions", 1L), drop(NINETY_DAYS, false));

            assertTrue(sessions().find(waited).isPresent());
            assertTrue(sessions().find(held).isPresent());
            assertTrue(sessions().find(free).isEmpty());
            assertTrue(upkeep().oldRows().isInUse(waited));
            assertTrue(upkeep().oldRows().isInUse(held));
        }
        assertFalse(upkeep().oldRows().isInUse(held));
    }

    @Test
    void aReservationWhoseTimeIsOverGoes() {
        SessionId session = sessions().create("/work", "t").id();
        ledger().reserve(
                        new Ledger.Purchase("ann", session.value(), new Amount(Money.ZERO, 1), Duration.ofMinutes(1)),
                        List.of(new Budget.Tokens(Budget.Scope.DAY, 1)));
        assertEquals(Map.of(), drop(FOR_EVER, false));
        advance(Duration.ofMinutes(1));
        assertEquals(Map.of("lapsed reservations", 1L), drop(FOR_EVER, false));
    }

    @Test
    void aDayIsAddedUpOnceAndKept() {
        SessionId session = sessions().create("/work", "t", "local").id();
        User ann = upkeep().books().users().add("ann", Role.USER);
        SessionId anns = sessions().create("/work", "t", ann.id()).id();
        Run quick = run(session, "local");
        Run slow = run(anns, ann.id());
        end(quick, "completed", Duration.ofSeconds(3));
        end(slow, "failed", Duration.ofMinutes(3));
        Filled.charge(ledger(), ann.id(), anns, Optional.of(Money.of("1.25")));
        Filled.charge(ledger(), "local", session, Optional.empty());
        LocalDate day = LocalDate.parse("2026-11-21");
        assertEquals(Optional.empty(), upkeep().reports().keep(day));
        advance(Duration.ofHours(15));
        Filled.charge(ledger(), "local", session, Optional.of(Money.of("9")));
        DailyReport expected = new DailyReport(
                day,
                new DailyReport.Spent(2, new Usage(200, 40, 6, 80, 10), Money.of("1.25"), 1),
                Map.of("completed", 1L, "failed", 1L),
                List.of(
                        new DailyReport.SlowRun(slow.id(), ann.id(), "failed", 180_000),
                        new DailyReport.SlowRun(quick.id(), "local", "completed", 3_000)),
                List.of(
                        new DailyReport.UserShare(ann.id(), "ann", 1, 1, 1, 163, Money.of("1.25")),
                        new DailyReport.UserShare("local", "local", 1, 0, 1, 163, Money.ZERO)));

        assertEquals(day, upkeep().reports().yesterday());
        assertEquals(expected, upkeep().reports().of(day));
        assertEquals(Optional.of(expected), upkeep().reports().keep(day));
        assertEquals(Optional.empty(), upkeep().reports().keep(day));
        execute("delete from run");
        assertEquals(expected, upkeep().reports().of(day));
        assertEquals(0.5, expected.errorRate());
        assertEquals(
                "2026-11-21: 2 runs (1 completed, 1 failed), 50.00 % errors; 2 model calls, 326 tokens, $1.25"
                        + " and 1 calls of unknown price; 2 users; slowest %s, 180 s".formatted(slow.id()),
                expected.line());
        assertEquals(0, upkeep().reports().of(LocalDate.parse("2020-01-01")).errorRate());
    }

    @Test
    void theQueueIsCountedByStateAndUser() {
        SessionId one = sessions().create("/work", "t", "ann").id();
        SessionId two = sessions().create("/work", "t", "bob").id();
        Run taken = run(one, "ann");
        advance(Duration.ofSeconds(1));
        Run behind = run(one, "ann");
        Run ready = run(two, "bob");
        execute("update run set status = 'running', started_at = created_at + 5, worker = 'host|12|34|x'"
                + " where id = '%s'".formatted(taken.id()));

        assertEquals(
                new QueueStatus(
                        List.of(
                                new QueueStatus.Count("queued", "ann", 1),
                                new QueueStatus.Count("ready", "bob", 1),
                                new QueueStatus.Count("running", "ann", 1)),
                        Optional.of(new QueueStatus.Entry(behind.id(), "ann", "queued", behind.createdAt())),
                        List.of(new QueueStatus.Held(
                                "host, process 12",
                                taken.id(),
                                "ann",
                                taken.createdAt().plusMillis(5)))),
                runs().status());
        assertEquals(behind.createdAt(), ready.createdAt());
    }
}
