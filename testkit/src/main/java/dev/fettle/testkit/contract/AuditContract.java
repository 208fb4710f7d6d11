package dev.fettle.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.audit.Audit;
import dev.fettle.core.audit.Audit.Page;
import dev.fettle.core.audit.Audit.Query;
import dev.fettle.core.audit.AuditEntry;
import dev.fettle.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every [Audit] does. An implementation's test extends this and says how to make one.
public abstract class AuditContract {
    protected final SettableClock clock = new SettableClock();

    /// The audit under test, empty at first and timed by [#clock].
    protected abstract Audit audit();

    /// Tries to put other words into all entries, past the port; fails if the database does not let it.
    protected abstract void forge();

    private List<String> subjects(Query query) {
        return audit().page(query).entries().stream().map(AuditEntry::subject).toList();
    }

    @Test
    void showsWhatWasDoneTheNewestFirst() {
        AuditEntry first = audit().append("usr_ann", "key.create", "key_1", "laptop");
        AuditEntry second = audit().append("usr_bob", "key.revoke", "key_1", "");

        assertEquals(new AuditEntry(clock.instant(), "usr_ann", "key.create", "key_1", "laptop"), first);
        assertEquals(new Page(List.of(second, first), OptionalLong.empty()), audit().page(Query.latest(10)));
    }

    @Test
    void pagesGoBackToTheFirstEntryAndAreNotMovedByNewOnes() {
        IntStream.range(0, 7).forEach(i -> audit().append("usr_ann", "run.start", "run_" + i, ""));
        List<List<String>> pages = new ArrayList<>();

        Query query = Query.latest(3);
        OptionalLong next = OptionalLong.of(Long.MAX_VALUE);
        while (next.isPresent()) {
            Page page = audit().page(query.before(next.getAsLong()));
            pages.add(page.entries().stream().map(AuditEntry::subject).toList());
            next = page.next();
            audit().append("usr_ann", "run.start", "meanwhile", "");
        }

        assertEquals(
                List.of(List.of("run_6", "run_5", "run_4"), List.of("run_3", "run_2", "run_1"), List.of("run_0")),
                pages);
    }

    @Test
    void aPageThatHoldsTheLastEntryIsTheLast() {
        IntStream.range(0, 3).forEach(i -> audit().append("usr_ann", "run.start", "run_" + i, ""));

        assertEquals(OptionalLong.empty(), audit().page(Query.latest(3)).next());
        assertTrue(audit().page(Query.latest(2)).next().isPresent());
        assertEquals(
                new Page(List.of(), OptionalLong.empty()),
                audit().page(Query.latest(2).by("usr_nobody")));
    }

    @Test
    void filtersByUserAndByAction() {
        audit().append("usr_ann", "key.create", "1", "");
        audit().append("usr_bob", "key.create", "2", "");
        audit().append("usr_ann", "key.revoke", "3", "");
        audit().append("usr_ann", "key.create", "4", "");

        assertEquals(List.of("4", "3", "1"), subjects(Query.latest(10).by("usr_ann")));
        assertEquals(List.of("4", "2", "1"), subjects(Query.latest(10).of("key.create")));
        assertEquals(
                List.of("4", "1"), subjects(Query.latest(10).of("key.create").by("usr_ann")));
        Page page = audit().page(Query.latest(1).of("key.create").by("usr_ann"));
        assertEquals(
                List.of("1"),
                subjects(Query.latest(1)
                        .by("usr_ann")
                        .of("key.create")
                        .before(page.next().orElseThrow())));
    }

    @Test
    void anEntryCannotBeChangedNotEvenPastThePort() {
        AuditEntry entry = audit().append("usr_ann", "user.delete", "usr_bob", "");

        RuntimeException refusal = assertThrows(RuntimeException.class, this::forge);

        assertTrue(String.valueOf(words(refusal)).contains("an entry of the audit cannot be changed"), words(refusal));
        assertEquals(List.of(entry), audit().page(Query.latest(10)).entries());
    }

    private static String words(Throwable e) {
        return e.getMessage() + (e.getCause() == null ? "" : " " + words(e.getCause()));
    }

    @Test
    void theCleanUpRemovesWhatIsOld() {
        audit().append("usr_ann", "run.start", "old", "");
        clock.advance(Duration.ofDays(90));
        audit().append("usr_ann", "run.start", "just old enough to stay", "");
        clock.advance(Duration.ofDays(90));

        assertEquals(1, audit().dropOlderThan(clock.instant().minus(Duration.ofDays(90))));

        assertEquals(List.of("just old enough to stay"), subjects(Query.latest(10)));
    }

    @Test
    void whatCannotBeKeptIsRefusedInWords() {
        assertSays("The user of an audit entry may not be empty.", "", "a", "", "");
        assertSays("The action of an audit entry may not be empty.", "u", " ", "", "");
        assertSays(
                "The subject of an audit entry may have 500 characters at most; this has 501. Shorten it.",
                "u",
                "a",
                "x".repeat(501),
                "");
        assertSays(
                "The detail of an audit entry may have 4000 characters at most; this has 4001. Shorten it.",
                "u",
                "a",
                "",
                "x".repeat(4_001));
        assertSays("The detail of an audit entry may not hold a NUL character; take it out.", "u", "a", "", "\0");
        assertThrows(IllegalArgumentException.class, () -> Query.latest(0));
        assertThrows(IllegalArgumentException.class, () -> Query.latest(1_001));
        assertEquals(List.of(), audit().page(Query.latest(1)).entries());
    }

    private void assertSays(String words, String user, String action, String subject, String detail) {
        assertEquals(
                words,
                assertThrows(IllegalArgumentException.class, () -> audit().append(user, action, subject, detail))
                        .getMessage());
    }

    @Test
    void nothingIsLostWhenManyAppend() throws InterruptedException {
        Together.ask(50, i -> audit().append("usr_ann", "run.start", "run_" + i, ""));

        assertEquals(50, subjects(Query.latest(100)).stream().distinct().count());
    }
}
