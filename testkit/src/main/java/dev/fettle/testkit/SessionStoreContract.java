package dev.fettle.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Image;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionFilter;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.session.Status;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What every [SessionStore] does. An implementation's test extends this and says how to make one.
public abstract class SessionStoreContract {
    protected final SettableClock clock = new SettableClock();

    /// The store under test, empty at first and timed by [#clock].
    protected abstract SessionStore store();

    /// Makes the session's present owner look as if its process were gone.
    protected abstract void loseOwner(SessionId id) throws Exception;

    private static Event said(String text) {
        return new Event.UserSaid(text, List.of());
    }

    private void append(SessionId id, Event... events) {
        try (EventLog log = store().open(id)) {
            for (Event event : events) {
                log.append(event);
            }
        }
    }

    private static void assertRefused(SessionException.Kind kind, Runnable action) {
        SessionException refusal = assertThrows(SessionException.class, action::run);
        assertEquals(kind, refusal.kind(), refusal.getMessage());
    }

    @Test
    void aSessionAndItsForksAreTheirUsers() {
        Session session = store().create("w", "t", "usr_1");

        assertEquals("usr_1", store().find(session.id()).orElseThrow().user());
        assertEquals("usr_1", store().fork(session.id()).user());
    }

    @Test
    void findsWhatWasCreated() {
        Session created = store().create("/work/here", "Fix the build");

        assertEquals(Optional.of(created), store().find(created.id()));
        assertEquals(
                new Session(
                        created.id(),
                        "Fix the build",
                        "/work/here",
                        Session.LOCAL_USER,
                        clock.instant(),
                        clock.instant(),
                        Optional.empty(),
                        Optional.empty()),
                created);
        assertEquals(List.of(), store().history(created.id()));
    }

    @Test
    void knowsNothingOfASessionThatIsNotThere() {
        SessionId unknown = SessionId.at(clock.instant());

        assertEquals(Optional.empty(), store().find(unknown));
        assertEquals(List.of(), store().list());
        assertRefused(SessionException.Kind.NOT_FOUND, () -> store().history(unknown));
        assertRefused(
                SessionException.Kind.NOT_FOUND, () -> store().open(unknown).close());
        assertRefused(SessionException.Kind.NOT_FOUND, () -> store().rename(unknown, "x"));
        assertRefused(SessionException.Kind.NOT_FOUND, () -> store().fork(unknown));
        assertRefused(SessionException.Kind.NOT_FOUND, () -> store().delete(unknown));
    }

    @Test
    void givesBackEveryKindOfEventAsItWasAppended() {
        List<Event> events = List.of(
                new Event.SessionStarted("/work/here", "You are Fettle.\n"),
                new Event.UserSaid("Zeig „das“ \uD83D\uDD27\u2028\0 \"\\", List.of(new Image("image/png", "aGk="))),
                new Event.AssistantSaid(
                        "anthropic/opus",
                        List.of(
                                new ContentBlock.Reasoning("hm", "anthropic", "{\"signature\": \"x==\"}"),
                                new ContentBlock.Text("Let me look."),
                                new ToolCall("call_1", "bash", "{\"command\" :  \"ls\"")),
                        StopReason.TOOL_CALLS,
                        new Usage(1, 2, 3, 4, 5),
                        Money.of("0.0123"),
                        42),
                new Event.PermissionDecided("call_1", new Permission.Execute("ls"), true, "person", "user:ls", ""),
                new Event.ToolStarted("call_1", "bash", Effect.UNSAFE),
                new Event.ToolFinished(ToolResult.ok("call_1", "a\nb"), Map.of("a", "00ff", "b", "11ee"), 7),
                new Event.TurnEnded(new Outcome.Failed(Outcome.Cause.AUTH, "No key")));
        Session session = store().create("/work/here", "t");

        try (EventLog log = store().open(session.id())) {
            List<LogEntry> appended = events.stream().map(log::append).toList();

            assertEquals(events, appended.stream().map(LogEntry::event).toList());
            assertEquals(
                    LongStream.rangeClosed(1, events.size()).boxed().toList(),
                    appended.stream().map(LogEntry::seq).toList());
            assertEquals(appended, log.entries());
            assertEquals(appended, store().history(session.id()));
        }
        try (EventLog again = store().open(session.id())) {
            assertEquals(events, again.entries().stream().map(LogEntry::event).toList());
            assertEquals(events.size() + 1L, again.append(said("more")).seq());
        }
    }

    @Test
    void keepsSeveralEventsInOrderOrNone() throws Exception {
        Session session = store().create("w", "t");
        List<Event> first = List.of(said("one"), said("two"));
        List<Event> second = List.of(said("three"), new Event.TurnEnded(new Outcome.Completed()));
        EventLog stale = store().open(session.id());
        assertEquals(
                List.of(1L, 2L), stale.append(first).stream().map(LogEntry::seq).toList());
        loseOwner(session.id());
        try (EventLog log = store().open(session.id())) {
            assertEquals(
                    List.of(3L, 4L),
                    log.append(second).stream().map(LogEntry::seq).toList());

            assertRefused(SessionException.Kind.LOST, () -> stale.append(first));

            assertEquals(
                    Stream.concat(first.stream(), second.stream()).toList(),
                    store().history(session.id()).stream().map(LogEntry::event).toList());
            assertEquals(
                    Optional.of(Status.COMPLETED),
                    store().find(session.id()).orElseThrow().status());
        }
    }

    @Test
    void keepsTheTimeOfEachEventToTheMillisecond() {
        Session session = store().create("w", "t");
        clock.advance(Duration.ofNanos(1_500_000));

        append(session.id(), said("one"));

        LogEntry entry = store().history(session.id()).getFirst();
        assertEquals(session.createdAt().plusMillis(1), entry.at());
        assertEquals(entry.at(), store().find(session.id()).orElseThrow().updatedAt());
    }

    @Test
    void remembersHowTheLastTurnEnded() {
        Session session = store().create("w", "t");

        append(session.id(), said("one"), new Event.TurnEnded(new Outcome.Cancelled()));
        append(session.id(), said("two"));
        assertEquals(
                Optional.of(Status.CANCELLED),
                store().find(session.id()).orElseThrow().status());

        append(session.id(), new Event.TurnEnded(new Outcome.Completed()));
        assertEquals(
                Optional.of(Status.COMPLETED),
                store().find(session.id()).orElseThrow().status());
    }

    @Test
    void listsAPageOfAUsersSessionsOrOfAWorkspaces() {
        for (int i = 0; i < 5; i++) {
            store().create("here", "ann " + i, "usr_ann");
            store().create("there", "bob " + i, "usr_bob");
            clock.advance(Duration.ofMillis(i % 2));
        }
        List<Session> all = store().list();
        List<Session> hers = store().list(SessionFilter.ALL.of("usr_ann"));

        assertEquals(all.stream().filter(each -> each.user().equals("usr_ann")).toList(), hers);
        assertEquals(hers, store().list(SessionFilter.ALL.in("here")));
        assertEquals(List.of(), store().list(SessionFilter.ALL.of("usr_ann").in("there")));
        List<Session> pages = new ArrayList<>(store().list(SessionFilter.ALL.most(4)));
        pages.addAll(store().list(SessionFilter.ALL.most(4).after(SessionFilter.Place.of(pages.getLast()))));
        pages.addAll(store().list(SessionFilter.ALL.most(4).after(SessionFilter.Place.of(pages.getLast()))));
        assertEquals(all, pages);
    }

    @Test
    void theLastTurnIsWhatComesAfterTheEndOfTheOneBefore() {
        SessionId id = store().create("w", "turns").id();
        Event ended = new Event.TurnEnded(new Outcome.Completed());
        assertEquals(List.of(), store().lastTurn(id));
        append(id, said("one"));
        assertEquals(store().history(id), store().lastTurn(id));
        append(id, ended);
        assertEquals(store().history(id), store().lastTurn(id));
        append(id, said("two"));
        assertEquals(store().history(id, 2), store().lastTurn(id));
        append(id, said("and this"));
        append(id, ended);
        assertEquals(store().history(id, 2), store().lastTurn(id));
    }

    @Test
    void listsTheMostRecentlyChangedFirst() {
        Session first = store().create("w", "first");
        clock.advance(Duration.ofSeconds(1));
        Session second = store().create("w", "second");
        clock.advance(Duration.ofSeconds(1));
        Session third = store().create("w", "third");
        clock.advance(Duration.ofSeconds(1));

        append(first.id(), said("hello"));

        assertEquals(
                List.of(first.id(), third.id(), second.id()),
                store().list().stream().map(Session::id).toList());
    }

    @Test
    void renamesWithoutMovingTheSessionUpTheList() {
        Session older = store().create("w", "old name");
        clock.advance(Duration.ofSeconds(1));
        Session newer = store().create("w", "newer");
        clock.advance(Duration.ofSeconds(1));

        store().rename(older.id(), "new name");

        assertEquals(
                List.of("newer", "new name"),
                store().list().stream().map(Session::title).toList());
        assertEquals(newer, store().list().getFirst());
    }

    @Test
    void aForkBeginsWithTheSameEventsAndGoesItsOwnWay() {
        Session original = store().create("/work/here", "Fix it");
        append(original.id(), said("one"), new Event.TurnEnded(new Outcome.Completed()));
        List<LogEntry> before = store().history(original.id());
        clock.advance(Duration.ofSeconds(1));

        Session fork = store().fork(original.id());

        assertEquals(
                new Session(
                        fork.id(),
                        "Fix it (fork)",
                        "/work/here",
                        Session.LOCAL_USER,
                        clock.instant(),
                        clock.instant(),
                        Optional.of(original.id()),
                        Optional.of(Status.COMPLETED)),
                fork);
        assertEquals(Optional.of(fork), store().find(fork.id()));
        assertEquals(before, store().history(fork.id()));
        append(fork.id(), said("two"));
        assertEquals(3, store().history(fork.id()).size());
        assertEquals(before, store().history(original.id()));
        assertEquals("Fix it (fork)", store().fork(fork.id()).title());
    }

    @Test
    void aForkMayBeginWithTheFirstEventsOnly() {
        Session original = store().create("w", "t");
        append(original.id(), said("one"), new Event.TurnEnded(new Outcome.Completed()));
        append(original.id(), said("two"), new Event.TurnEnded(new Outcome.Cancelled()));

        Session afterOne = store().fork(original.id(), 3);
        Session beforeAll = store().fork(original.id(), 0);

        assertEquals(store().history(original.id()).subList(0, 3), store().history(afterOne.id()));
        assertEquals(Optional.of(Status.COMPLETED), afterOne.status());
        assertEquals(List.of(), store().history(beforeAll.id()));
        assertEquals(Optional.empty(), beforeAll.status());
        append(afterOne.id(), said("other"));
        append(beforeAll.id(), said("anew"));
        assertEquals(4, store().history(afterOne.id()).getLast().seq());
        assertEquals(1, store().history(beforeAll.id()).getLast().seq());
        assertEquals(4, store().history(original.id()).size());
    }

    @Test
    void aDeletedSessionIsGoneWithItsEventsAndItsForkStays() {
        Session session = store().create("w", "t");
        append(session.id(), said("one"));
        Session fork = store().fork(session.id());

        store().delete(session.id());

        assertEquals(Optional.empty(), store().find(session.id()));
        assertEquals(List.of(fork), store().list());
        assertEquals(1, store().history(fork.id()).size());
    }

    @Test
    void aSessionHasOneOwnerAtATime() {
        Session session = store().create("w", "t");
        Session other = store().create("w", "other");
        EventLog log = store().open(session.id());

        assertRefused(
                SessionException.Kind.BUSY, () -> store().open(session.id()).close());
        assertRefused(SessionException.Kind.BUSY, () -> store().delete(session.id()));
        store().open(other.id()).close();
        assertEquals(1, log.append(said("still mine")).seq());

        log.close();
        store().open(session.id()).close();
    }

    @Test
    void aRunningSessionCanBeReadRenamedAndForked() {
        Session session = store().create("w", "t");
        try (EventLog log = store().open(session.id())) {
            log.append(said("one"));

            assertEquals(log.entries(), store().history(session.id()));
            store().rename(session.id(), "renamed");
            assertEquals(
                    log.entries(), store().history(store().fork(session.id()).id()));
            assertEquals(2, log.append(said("two")).seq());
        }
        assertEquals("renamed", store().find(session.id()).orElseThrow().title());
    }

    @Test
    void closingTwiceDoesNotTakeTheSessionFromItsNextOwner() {
        Session session = store().create("w", "t");
        EventLog first = store().open(session.id());
        first.close();
        EventLog second = store().open(session.id());

        first.close();

        assertRefused(
                SessionException.Kind.BUSY, () -> store().open(session.id()).close());
        assertEquals(1, second.append(said("mine")).seq());
    }

    @Test
    void aClosedLogTakesNothing() {
        Session session = store().create("w", "t");
        EventLog log = store().open(session.id());
        log.close();

        assertThrows(IllegalStateException.class, () -> log.append(said("too late")));
        assertEquals(List.of(), store().history(session.id()));
    }

    @Test
    void aDeadOwnerIsReplacedAtOnceAndCanWriteNothingMore() throws Exception {
        Session session = store().create("w", "t");
        EventLog dead = store().open(session.id());
        dead.append(said("one"));
        loseOwner(session.id());

        try (EventLog living = store().open(session.id())) {
            assertEquals(1, living.entries().size());
            assertRefused(SessionException.Kind.LOST, () -> dead.append(said("from the grave")));
            assertEquals(2, living.append(said("two")).seq());
            assertRefused(SessionException.Kind.LOST, () -> dead.append(said("again")));
            dead.close();
            assertRefused(
                    SessionException.Kind.BUSY, () -> store().open(session.id()).close());
            assertEquals(
                    List.of(said("one"), said("two")),
                    store().history(session.id()).stream().map(LogEntry::event).toList());
        }
    }

    @Test
    void aSessionWhoseOwnerDiedCanBeDeleted() throws Exception {
        Session session = store().create("w", "t");
        EventLog dead = store().open(session.id());
        loseOwner(session.id());

        store().delete(session.id());

        assertRefused(SessionException.Kind.LOST, () -> dead.append(said("from the grave")));
        assertTrue(store().list().isEmpty());
    }
}
