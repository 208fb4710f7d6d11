package dev.fettle.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.idempotency.Idempotency;
import dev.fettle.core.idempotency.Idempotency.Start;
import dev.fettle.core.memory.Fact;
import dev.fettle.core.memory.Memory;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.usage.Amount;
import dev.fettle.core.usage.Budget;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import dev.fettle.core.user.KeyScope;
import dev.fettle.core.user.Keys;
import dev.fettle.core.user.Role;
import dev.fettle.core.user.User;
import dev.fettle.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is asked of the server takes effect once, whenever the connection breaks.
final class BrokenConnectionTest {
    /// More answers than any one operation waits for.
    private static final int MOST_ANSWERS = 12;

    private final PostgresServer server = PostgresServer.shared();
    private final FreshDatabase database = new FreshDatabase();
    private final CuttingProxy proxy = new CuttingProxy(server.port());
    private final PostgresSessionStore store = PostgresSessionStore.open(new PostgresSessionStore.Options(
            URI.create(database.url().toString().replace(":" + server.port(), ":" + proxy.port())), 2));

    BrokenConnectionTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        store.close();
        proxy.close();
    }

    private static Event said(int number) {
        return new Event.UserSaid("Event " + number, List.of());
    }

    private static List<Event> saidUpTo(int number) {
        return IntStream.rangeClosed(1, number)
                .mapToObj(BrokenConnectionTest::said)
                .toList();
    }

    private List<Event> history(SessionId id) {
        return store.history(id).stream().map(LogEntry::event).toList();
    }

    @Test
    void anEventIsAppendedOnce() {
        SessionId id = store.create("w", "t").id();
        try (EventLog log = store.open(id)) {
            for (int cut = 1; cut <= MOST_ANSWERS; cut++) {
                proxy.cutAfter(cut % 3);
                assertEquals(cut, log.append(said(cut)).seq());
            }
        }
        assertEquals(saidUpTo(MOST_ANSWERS), history(id));
    }

    @Test
    void aSessionIsTakenAndGivenBack() {
        SessionId id = store.create("w", "t").id();
        for (int cut = 0; cut < MOST_ANSWERS; cut++) {
            proxy.cutAfter(cut);
            try (EventLog log = store.open(id)) {
                log.append(said(cut + 1));
            }
        }
        assertEquals(saidUpTo(MOST_ANSWERS), history(id));
    }

    @Test
    void aSessionIsMadeAndForkedOnce() {
        for (int cut = 0; cut < MOST_ANSWERS; cut++) {
            proxy.cutAfter(cut);
            SessionId id = store.create("w", "t").id();
            proxy.cutAfter(cut);
            store.fork(id);
        }
        assertEquals(2 * MOST_ANSWERS, store.list().size());
    }

    @Test
    void aCallIsReservedAndChargedOnce() {
        Ledger ledger = store.ledger();
        Budget budget = new Budget.Dollars(Budget.Scope.DAY, Money.of("" + 2 * MOST_ANSWERS));
        Ledger.Purchase purchase =
                new Ledger.Purchase("ann", "one", new Amount(Money.of("2"), 10), Duration.ofHours(1));
        for (int cut = 0; cut < MOST_ANSWERS; cut++) {
            proxy.cutAfter(cut);
            Ledger.Admission.Reserved reserved =
                    assertInstanceOf(Ledger.Admission.Reserved.class, ledger.reserve(purchase, List.of(budget)));
            proxy.cutAfter(cut);
            ledger.settle(reserved, new Ledger.Charge("m", new Usage(1, 0, 0, 0, 0), Optional.of(Money.of("2"))));
        }
        assertEquals(
                List.of((long) MOST_ANSWERS),
                ledger.totals(Ledger.Grouping.USER, Instant.EPOCH).stream()
                        .map(Ledger.Total::calls)
                        .toList());
        assertEquals(0, database.number("select count(*) from reservation"));
    }

    @Test
    void whatAServerWritesDownIsThereOnce() {
        for (int cut = 0; cut < MOST_ANSWERS; cut++) {
            proxy.cutAfter(cut);
            User user = store.books().users().add("ann" + cut, Role.USER);
            proxy.cutAfter(cut);
            Keys.Created created = store.books().keys().create(user.id(), "CI", Set.of(KeyScope.RUN));
            proxy.cutAfter(cut);
            assertTrue(
                    store.books().keys().authenticate(created.secret().reveal()).isPresent());
            proxy.cutAfter(cut);
            store.books().audit().append(user.id(), "key.create", created.key().id(), "");
            proxy.cutAfter(cut);
            Fact fact = store.books().memory().remember(Memory.Scope.everywhere(user.id()), "The build uses maven.");
            proxy.cutAfter(cut);
            if (cut % 2 == 0) {
                assertTrue(store.books().memory().forget(user.id(), fact.id()));
            }
        }
        assertEquals(MOST_ANSWERS, store.books().users().list().size());
        assertEquals(MOST_ANSWERS, database.number("select count(*) from api_key where last_used_at is not null"));
        assertEquals(MOST_ANSWERS, database.number("select count(*) from audit_entry"));
        assertEquals(MOST_ANSWERS / 2, database.number("select count(*) from fact"));
    }

    @Test
    void aRequestIsBegunAndFinishedOnce() {
        Idempotency.Response response = new Idempotency.Response(200, "text/plain", "done");
        for (int cut = 0; cut < MOST_ANSWERS; cut++) {
            Idempotency.Request request =
                    new Idempotency.Request("usr_ann", "key " + cut, "print", Duration.ofHours(1));
            proxy.cutAfter(cut);
            Start.Begun begun = assertInstanceOf(
                    Start.Begun.class, store.books().idempotency().begin(request));
            proxy.cutAfter(cut);
            assertEquals(new Start.InProgress(), store.books().idempotency().begin(request));
            proxy.cutAfter(cut);
            store.books().idempotency().finish(begun, response);
            assertEquals(new Start.Replay(response), store.books().idempotency().begin(request));
        }
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void aRestartOfTheServerLosesAndRepeatsNothing() throws Exception {
        SessionId id = store.create("w", "t").id();
        AtomicBoolean isOver = new AtomicBoolean();
        List<CountDownLatch> marks = List.of(new CountDownLatch(20), new CountDownLatch(120), new CountDownLatch(220));
        List<LogEntry> acknowledged = new ArrayList<>();
        Thread appender = Thread.ofVirtual().start(() -> {
            try (EventLog log = store.open(id)) {
                while (!isOver.get()) {
                    acknowledged.add(log.append(said(acknowledged.size() + 1)));
                    marks.forEach(CountDownLatch::countDown);
                }
            }
        });
        for (CountDownLatch mark : marks) {
            mark.await();
            server.stop();
            server.start();
        }
        isOver.set(true);
        appender.join();

        assertTrue(acknowledged.size() >= 220);
        assertEquals(acknowledged, store.history(id));
        assertEquals(saidUpTo(acknowledged.size()), history(id));
    }

    @Test
    void anInterruptedThreadStillWritesAndStaysInterrupted() throws Exception {
        SessionId id = store.create("w", "t").id();
        AtomicBoolean wasInterrupted = new AtomicBoolean();
        Thread thread = Thread.ofVirtual().start(() -> {
            try (EventLog log = store.open(id)) {
                Thread.currentThread().interrupt();
                log.append(said(1));
                wasInterrupted.set(Thread.currentThread().isInterrupted());
            }
        });
        thread.join();

        assertTrue(wasInterrupted.get());
        assertEquals(saidUpTo(1), history(id));
    }

    @Test
    void aServerThatIsAwayIsWaitedForAsLongAsEachHasPatience() throws Exception {
        PostgresSessionStore hasty = store.within(Duration.ofMillis(100));
        SessionId id = hasty.create("w", "t").id();
        proxy.setAway(true);
        AtomicBoolean isFound = new AtomicBoolean();
        Thread patient =
                Thread.ofVirtual().start(() -> isFound.set(store.find(id).isPresent()));

        SessionException told = assertThrows(SessionException.class, () -> hasty.find(id));
        assertEquals(SessionException.Kind.AWAY, told.kind());
        assertTrue(patient.isAlive());

        proxy.setAway(false);
        patient.join();
        assertTrue(isFound.get());
        assertTrue(hasty.find(id).isPresent());
    }
}
