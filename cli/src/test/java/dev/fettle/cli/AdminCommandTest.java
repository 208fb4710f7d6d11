package dev.fettle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.cli.host.Administration;
import dev.fettle.cli.host.Administration.Migration;
import dev.fettle.cli.host.Administration.Removed;
import dev.fettle.core.audit.Audit;
import dev.fettle.core.audit.AuditEntry;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunLimits;
import dev.fettle.core.run.RunRequest;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.usage.Amount;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import dev.fettle.core.user.KeyScope;
import dev.fettle.core.user.Keys;
import dev.fettle.core.user.Role;
import dev.fettle.core.user.User;
import dev.fettle.store.SqliteSessionStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AdminCommandTest {
    private final Terminal terminal = new Terminal();
    private final SqliteSessionStore store;
    private final Path directory;

    AdminCommandTest(@TempDir Path directory) {
        this.directory = directory;
        store = SqliteSessionStore.open(directory.resolve("sessions.db"), terminal.clock);
        terminal.directory = directory;
        administer(new Migration("the database", 6, 6));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Administration administer(Migration migration, Removed... removed) {
        Administration administration = new DatabaseAdministration(store, migration, List.of(removed));
        terminal.administration = Optional.of(administration);
        return administration;
    }

    private int admin(String... arguments) {
        return terminal.type(
                Stream.concat(Stream.of("admin"), Arrays.stream(arguments)).toArray(String[]::new));
    }

    private List<String> audited() {
        return store.books().audit().page(Audit.Query.latest(100)).entries().stream()
                .map(AuditEntry::action)
                .toList()
                .reversed();
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(terminal.out);
    }

    private Optional<Keys.Caller> caller(String secret) {
        return store.books().keys().authenticate(secret.strip());
    }

    @Test
    void everyCommandExplainsItselfWithExamples() {
        for (String command : List.of(
                "migrate",
                "seed",
                "cleanup",
                "report",
                "queue",
                "backup",
                "restore",
                "users add",
                "users list",
                "users role",
                "users deactivate",
                "users activate",
                "keys create",
                "keys list",
                "keys revoke")) {
            assertEquals(0, admin((command + " --help").split(" ", -1)), command + terminal.err);
            assertTrue(terminal.out.contains("Usage: fettle admin " + command), terminal.out);
            assertTrue(terminal.out.contains("  fettle admin " + command), terminal.out);
        }
        assertEquals(0, admin("--help"));
        assertTrue(terminal.out.contains("backup"), terminal.out);
    }

    @Test
    void migrateSaysFromWhichVersionToWhich() {
        assertEquals(0, admin("migrate"));
        assertEquals("the database is at version 6.\n", terminal.out);
        administer(new Migration("the database", 0, 6));
        admin("migrate");
        assertEquals("the database was empty and is at version 6.\n", terminal.out);
        assertEquals(List.of(), audited());
        administer(new Migration("the database", 4, 6));
        admin("migrate");
        assertEquals("the database was brought from version 4 to 6.\n", terminal.out);
        assertEquals(List.of("admin.migrate"), audited());
    }

    @Test
    void seedMakesAnAdministratorOnceAndPrintsTheKeyAlone() {
        assertEquals(0, admin("seed"), terminal.err);
        Keys.Caller caller = caller(terminal.out).orElseThrow();
        assertEquals("admin", caller.user().name());
        assertTrue(Arrays.stream(KeyScope.values()).allMatch(caller::may));
        assertEquals(List.of("user.add", "key.create"), audited());

        assertEquals(0, admin("seed", "--user", "somebody"));

        assertEquals("", terminal.out);
        assertTrue(terminal.err.contains("There is an administrator already: admin."), terminal.err);
        assertEquals(1, store.books().users().list().size());
        assertEquals(2, audited().size());
    }

    @Test
    void seedDoesNotRaiseSomebodyWhoIsNoAdministrator() {
        admin("users", "add", "ann");
        assertEquals(2, admin("seed", "--user", "ann"));
        assertTrue(terminal.err.contains("fettle admin users role ann admin"), terminal.err);
        assertEquals(2, admin("seed", "--user", "no name"));
        assertTrue(terminal.err.contains("A user name has"), terminal.err);
    }

    @Test
    void usersAreAddedListedAndChangedAndAllOfItIsAudited() {
        assertEquals(0, admin("users", "add", "ann"), terminal.err);
        User ann = store.books().users().find("ann").orElseThrow();
        assertEquals(ann.id() + "\n", terminal.out);
        assertEquals(0, admin("users", "role", "ann", "admin"), terminal.err);
        assertEquals(2, admin("users", "deactivate", "ann"));
        assertTrue(terminal.err.contains("`ann` is the only administrator who is let in"), terminal.err);
        assertEquals(0, admin("users", "add", "zoe", "--role", "admin"), terminal.err);
        assertEquals(0, admin("users", "deactivate", ann.id()), terminal.err);
        assertEquals("ann is deactivated.\n", terminal.err);
        assertEquals(0, admin("users", "list"));
        assertTrue(terminal.out.startsWith(ann.id() + "  admin  deactivated  ann\n"), terminal.out);
        assertEquals(0, admin("users", "activate", "ANN"), terminal.err);
        admin("users", "list", "--json");
        assertEquals("admin", json().get(0).get("role").asString());
        assertTrue(json().get(0).get("active").asBoolean());
        assertEquals(List.of("user.add", "user.role", "user.add", "user.deactivate", "user.activate"), audited());
    }

    @Test
    void whatIsWrongIsNamedWithTheRemedy() {
        admin("users", "add", "annabel");
        assertEquals(2, admin("users", "add", "annabel"));
        assertTrue(terminal.err.contains("There is a user `annabel` already; choose another name"), terminal.err);
        assertEquals(2, admin("users", "role", "anabel", "admin"));
        assertTrue(terminal.err.contains("There is no user `anabel`; did you mean `annabel`?"), terminal.err);
        assertEquals(2, admin("users", "deactivate", "zoe"));
        assertTrue(terminal.err.contains("`fettle admin users list` shows them."), terminal.err);
        assertEquals(2, admin("keys", "create", "annabel", "--expires", "2020-01-01"));
        assertTrue(terminal.err.contains("never opens anything"), terminal.err);
        assertEquals(2, admin("keys", "revoke", "key_1"));
        assertTrue(terminal.err.contains("There is no key `key_1`; `fettle admin keys list`"), terminal.err);
        assertEquals(List.of("user.add"), audited());
    }

    @Test
    void aKeyIsShownOnceListedAndRevoked() {
        User ann = store.books().users().add("ann", Role.USER);
        assertEquals(
                0,
                admin("keys", "create", "ann", "--label", "CI", "--scopes", "read", "--expires", "2027-01-31"),
                terminal.err);
        String secret = terminal.out;
        Keys.Caller caller = caller(secret).orElseThrow();
        assertEquals(ann, caller.user());
        assertFalse(caller.may(KeyScope.RUN));

        assertEquals(0, admin("keys", "list"));
        assertEquals(
                "%s  until 2027-02-01  read            ann               CI\n"
                        .formatted(caller.key().id()),
                terminal.out);
        admin("keys", "list", "ann", "--json");
        assertEquals("2027-02-01T00:00:00Z", json().get(0).get("expires_at").asString());
        assertFalse(terminal.out.contains(secret.strip()));

        assertEquals(0, admin("keys", "revoke", caller.key().id()), terminal.err);
        assertEquals(Optional.empty(), caller(secret));
        admin("keys", "list");
        assertTrue(terminal.out.contains("revoked"), terminal.out);
        assertEquals(List.of("key.create", "key.revoke"), audited());
    }

    @Test
    void cleanupSaysWhatWentInNumbers() {
        Removed[] removed = {
            new Removed("sessions", 3, 0), new Removed("facts", 0, 0), new Removed("files of command output", 2, 12345)
        };
        administer(new Migration("", 6, 6), removed);
        assertEquals(0, admin("cleanup", "--dry-run"));
        assertEquals("Would remove 3 sessions\nWould remove 2 files of command output, 12,345 bytes\n", terminal.out);
        assertEquals(List.of(), audited());
        admin("cleanup");
        assertTrue(terminal.out.startsWith("Removed 3 sessions\n"), terminal.out);
        assertEquals(List.of("admin.cleanup"), audited());
        administer(new Migration("", 6, 6));
        admin("cleanup");
        assertEquals("Nothing is old enough.\n", terminal.out);
    }

    @Test
    void aReportIsPrintedForPeopleAndForPrograms() {
        SessionId session = store.create("/work", "t", "ann").id();
        Ledger.Purchase purchase =
                new Ledger.Purchase("ann", session.value(), new Amount(Money.ZERO, 10), Duration.ofMinutes(1));
        if (store.ledger().reserve(purchase, List.of()) instanceof Ledger.Admission.Reserved reserved) {
            store.ledger()
                    .settle(
                            reserved,
                            new Ledger.Charge("a/b", new Usage(100, 0, 0, 1_900, 0), Optional.of(Money.of("2.5"))));
        }
        terminal.clock.advance(Duration.ofDays(1));

        assertEquals(0, admin("report"), terminal.err);
        assertTrue(terminal.out.startsWith("2026-11-21: 0 runs, 0.00 % errors; 1 model calls, 2000 tokens, $2.50"));
        assertTrue(terminal.out.contains(
                "ann                             0        0        1          2,000        $2.50"));
        assertEquals(0, admin("report", "--date", "2026-11-21", "--json"));
        assertEquals("2.5", json().get("spent").get("cost").asString());
        assertEquals(0.0, json().get("error_rate").asDouble());
        assertEquals("2026-11-21", json().get("date").asString());
        assertEquals(2, admin("report", "--date", "yesterday"));
    }

    @Test
    void theQueueIsShownForPeopleAndForPrograms() {
        admin("queue");
        assertEquals("No run is open.\n", terminal.out);
        SessionId session = store.create("/work", "t", "ann").id();
        Run run =
                store.runs(RunLimits.DEFAULT).queue().submit(session, new RunRequest("go", List.of(), Map.of(), false));

        assertEquals(0, admin("queue"));

        assertEquals(
                "STATE          RUNS  USER\nready             1  ann\n\nThe oldest that waits: %s of ann, ready since %s\n"
                        .formatted(run.id(), run.createdAt()),
                terminal.out);
        admin("queue", "--json");
        assertEquals(run.id().value(), json().get("oldest").get("run_id").asString());
        assertEquals(1, json().get("counts").get(0).get("runs").asInt());
        assertEquals(0, json().get("held").size());
    }

    @Test
    void aBackupIsTheOwnersAloneAndNeverReplacesAFile() throws IOException {
        store.create("/work", "t");
        assertEquals(0, admin("backup", "a.backup"), terminal.err);
        assertEquals("Wrote 1 session to a.backup\n", terminal.err);
        Path file = directory.resolve("a.backup");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(2, admin("backup", "a.backup"));
        assertTrue(terminal.err.contains("`a.backup` exists already; name a new file."), terminal.err);
        assertEquals(1, admin("backup", "nowhere/a.backup"));
        assertTrue(terminal.err.contains("Cannot write `nowhere/a.backup`"), terminal.err);
        assertEquals(List.of("admin.backup"), audited());
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(
                    0, files.filter(each -> each.toString().endsWith(".part")).count());
        }
    }

    @Test
    void restoreAsksBeforeItReplacesAnything() throws IOException {
        admin("backup", "empty.backup");
        assertTrue(terminal.err.contains("Wrote nothing"), terminal.err);
        store.create("/work", "t");

        assertEquals(2, admin("restore", "empty.backup"));
        assertTrue(
                terminal.err.contains(
                        "Not restored: the database holds 1 session, 1 audit_entry. Answer y, or give --yes"),
                terminal.err);
        terminal.isTerminal = true;
        terminal.stdin = "n";
        assertEquals(2, admin("restore", "empty.backup"));
        assertTrue(terminal.err.contains("Replace all of it? [y/N]"), terminal.err);
        assertEquals(1, store.list().size());
        terminal.stdin = "y";
        assertEquals(0, admin("restore", "empty.backup"), terminal.err);
        assertEquals(List.of(), store.list());
        assertEquals(List.of("admin.restore"), audited());

        assertEquals(2, admin("restore", "nothing.backup"));
        Files.writeString(directory.resolve("odd.backup"), "odd");
        assertEquals(1, admin("restore", "--yes", "odd.backup"));
        assertTrue(terminal.err.contains("`odd.backup` cannot be restored: "), terminal.err);
        assertTrue(terminal.err.contains("Nothing was changed"), terminal.err);
    }
}
