package dev.fettle.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.session.SessionId;
import dev.fettle.core.usage.Amount;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.LedgerException;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import dev.fettle.testkit.LedgerContract;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteLedgerTest extends LedgerContract {
    private final Path directory;
    private final Path file;
    private final SqliteSessionStore store;

    SqliteLedgerTest(@TempDir Path directory) {
        this.directory = directory;
        file = directory.resolve("sessions.db");
        store = SqliteSessionStore.open(file, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected Ledger ledger() {
        return store.ledger();
    }

    @Override
    protected void loseHolders() {
        try (Database database = Database.open(file)) {
            database.update("update reservation set owner_pid = ?, owner_started = 1", Long.MAX_VALUE);
        }
    }

    @Test
    void aBudgetWorthTenCallsAdmitsTenOfAHundredInTwoProcesses() throws Exception {
        SqliteSessionStore mine = SqliteSessionStore.open(file, InstantSource.system());
        Process other = OtherProcess.start(ReservingProcess.class, directory, file.toString(), "50");
        try (mine) {
            BufferedReader output = OtherProcess.awaitLine(other, "ready");
            tell(other);
            int here = ReservingProcess.admitted(mine.ledger(), 50);
            int there = Integer.parseInt(output.readLine());
            assertEquals(10, here + there, "%d here and %d there".formatted(here, there));
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void whatAKilledProcessReservedIsFreeAgain() throws Exception {
        SqliteSessionStore mine = SqliteSessionStore.open(file, InstantSource.system());
        Process other = OtherProcess.start(ReservingProcess.class, directory, file.toString(), "10");
        try (mine) {
            BufferedReader output = OtherProcess.awaitLine(other, "ready");
            tell(other);
            assertEquals("10", output.readLine());
            assertInstanceOf(Ledger.Admission.Refused.class, ReservingProcess.reserve(mine.ledger()));

            other.destroyForcibly().waitFor();

            assertInstanceOf(Ledger.Admission.Reserved.class, ReservingProcess.reserve(mine.ledger()));
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    private static void tell(Process other) throws IOException {
        other.outputWriter().write("\n");
        other.outputWriter().flush();
    }

    @Test
    void aLedgerThatCannotBeWrittenAdmitsNothing() {
        store.close();
        LedgerException refusal = assertThrows(LedgerException.class, () -> ReservingProcess.reserve(ledger()));
        assertTrue(refusal.getMessage().startsWith("The ledger of costs cannot be used. "), refusal.getMessage());
    }

    @Test
    void chargesOutliveTheirSession() {
        SessionId session = store.create("/work/here", "Mend it").id();
        charge(session);

        store.delete(session);

        assertEquals(
                List.of(session.value()),
                ledger().totals(Ledger.Grouping.SESSION, Instant.EPOCH).stream()
                        .map(Ledger.Total::key)
                        .toList());
    }

    @Test
    void aRepairKeepsTheCharges() {
        charge(store.create("/work/here", "Mend it").id());
        List<Ledger.Total> before = ledger().totals(Ledger.Grouping.SESSION, Instant.EPOCH);
        store.close();

        SqliteRepair.repair(file, clock);

        try (SqliteSessionStore repaired = SqliteSessionStore.open(file, clock)) {
            assertEquals(before, repaired.ledger().totals(Ledger.Grouping.SESSION, Instant.EPOCH));
            assertInstanceOf(Ledger.Admission.Reserved.class, ReservingProcess.reserve(repaired.ledger()));
        }
    }

    @Test
    void aDatabaseOfTheFirstVersionGetsALedger() throws IOException {
        SessionId session = SessionId.at(clock.instant());
        Path first = directory.resolve("first.db");
        try (Database old = Database.open(first);
                InputStream script = Objects.requireNonNull(Schema.class.getResourceAsStream("V1__sessions.sql"))) {
            old.script(new String(script.readAllBytes(), StandardCharsets.UTF_8));
            old.script("pragma user_version = 1");
            old.update(
                    "insert into session (id, title, workspace, created_at, updated_at) values (?, 't', 'w', 0, 0)",
                    session.value());
        }
        try (SqliteSessionStore reopened = SqliteSessionStore.open(first, clock)) {
            assertTrue(reopened.find(session).isPresent());
            assertEquals(List.of(), reopened.ledger().totals(Ledger.Grouping.DAY, Instant.EPOCH));
            assertEquals(List.of(), reopened.books().users().list());
        }
    }

    private void charge(SessionId session) {
        Ledger.Purchase purchase =
                new Ledger.Purchase("ann", session.value(), new Amount(Money.of("1"), 10), Duration.ofHours(1));
        ledger().settle(
                        (Ledger.Admission.Reserved) ledger().reserve(purchase, List.of()),
                        new Ledger.Charge("test/model", new Usage(1, 2, 3, 4, 0), Optional.of(Money.of("0.5"))));
    }
}
