package dev.fettle.app.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.fettle.cli.host.Administration.Removed;
import dev.fettle.core.report.DailyReport;
import dev.fettle.core.report.ReportSink;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.workspace.kept.KeptWorkspace;
import dev.fettle.core.workspace.kept.KeptWorkspaces;
import dev.fettle.core.workspace.kept.Quota;
import dev.fettle.providers.http.Webhook;
import dev.fettle.store.SqliteSessionStore;
import dev.fettle.store.run.Job;
import dev.fettle.store.upkeep.OldRows;
import dev.fettle.testkit.SettableClock;
import dev.fettle.tools.git.GitFetch;
import dev.fettle.tools.git.GitFetch.Shells;
import dev.fettle.tools.git.GitRules;
import dev.fettle.tools.kept.KeptDirectories;
import dev.fettle.tools.process.ProcessShell;
import dev.fettle.tools.snapshot.GitSnapshots;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class HousekeepingTest {
    private final SettableClock clock = new SettableClock();
    private final Path output;
    private final Path tree;
    private final SqliteSessionStore store;
    private final GitSnapshots snapshots;
    private final KeptDirectories kept;
    private final List<DailyReport> told = new ArrayList<>();

    HousekeepingTest(@TempDir Path directory) throws IOException {
        output = directory.resolve("output");
        tree = Files.createDirectory(directory.resolve("tree"));
        store = SqliteSessionStore.open(directory.resolve("sessions.db"), clock);
        snapshots = new GitSnapshots(directory.resolve("snapshots"), Long.MAX_VALUE, clock);
        Shells shells = (where, _, _) -> new ProcessShell(where, Map.of(), output);
        kept = new KeptDirectories(
                directory.resolve("work"),
                new KeptDirectories.Bounds(Quota.NONE, Quota.NONE, Long.MAX_VALUE),
                new GitFetch(new GitRules(List.of(), Optional.empty()), shells, Duration.ofSeconds(1)),
                clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Housekeeping housekeeping(long outputBytes, long snapshotBytes, ReportSink... sinks) {
        return Housekeeping.of(
                new Housekeeping.Premises(store, store.upkeep(), output, List.of(snapshots), Optional.of(kept)),
                new Keeping(
                        new OldRows.Ages(Optional.of(Duration.ofDays(90)), Optional.empty()),
                        Duration.ofDays(7),
                        outputBytes,
                        snapshotBytes),
                List.of(sinks),
                clock);
    }

    private Housekeeping housekeeping() {
        return housekeeping(1_000_000, 1_000_000_000, told::add);
    }

    private static List<Removed> removed(Housekeeping housekeeping, boolean isRehearsal) {
        return housekeeping.cleanUp(isRehearsal).stream()
                .filter(each -> each.count() > 0)
                .toList();
    }

    private Path output(String name, int bytes, Duration age) throws IOException {
        Path file = Files.createDirectories(output).resolve(name);
        Files.write(file, new byte[bytes]);
        return Files.setLastModifiedTime(file, FileTime.from(clock.instant().minus(age)));
    }

    private SessionId snapshot(String content) throws IOException {
        SessionId id = store.create("/work", "t").id();
        Files.writeString(tree.resolve("file"), content);
        snapshots.take(id, tree);
        clock.advance(Duration.ofSeconds(1));
        return id;
    }

    @Test
    void withNothingToCleanUpNothingIsRemoved() {
        assertEquals(List.of(), removed(housekeeping(), false));
        assertFalse(Files.exists(output));
    }

    @Test
    void outputGoesWhenItIsOldOrTheOldestWhereThereIsTooMuch() throws IOException {
        Path old = output("old", 10, Duration.ofDays(8));
        Path older = output("b", 600, Duration.ofHours(2));
        Path newer = output("a", 600, Duration.ofHours(1));
        Files.createDirectory(output.resolve("directory"));

        assertEquals(List.of(new Removed("files of command output", 1, 10)), removed(housekeeping(), true));
        assertTrue(Files.exists(old));
        Housekeeping tight = housekeeping(1_000, 1_000_000_000, told::add);
        assertEquals(List.of(new Removed("files of command output", 2, 610)), removed(tight, false));

        assertFalse(Files.exists(old));
        assertFalse(Files.exists(older));
        assertTrue(Files.exists(newer));
    }

    @Test
    void snapshotsGoWithTheirSessionAndWhereThereIsNoRoomButNotOfASessionInUse() throws IOException {
        SessionId gone = snapshot("1");
        SessionId used = snapshot("2");
        SessionId oldest = snapshot("3");
        store.delete(gone);
        assertEquals(1, removed(housekeeping(), true).getFirst().count());
        assertEquals(3, snapshots.stored().size());

        removed(housekeeping(), false);

        assertTrue(snapshots.history(gone).isEmpty());
        try (EventLog _ = store.open(used)) {
            assertEquals(
                    1, removed(housekeeping(0, 0, told::add), false).getFirst().count());
        }
        assertEquals(1, snapshots.history(used).size());
        assertTrue(snapshots.history(oldest).isEmpty());
    }

    @Test
    void sessionsGoBeforeTheirSnapshots() throws IOException {
        SessionId id = snapshot("1");
        clock.advance(Duration.ofDays(91));

        assertEquals(
                List.of("sessions", "sessions' snapshots"),
                removed(housekeeping(), false).stream().map(Removed::what).toList());

        assertTrue(snapshots.history(id).isEmpty());
    }

    private static FileTime at(Instant instant) {
        return FileTime.from(instant);
    }

    @Test
    void workspacesGoWhenNoSessionWorksInThem() throws IOException {
        KeptWorkspaces.Label ann = new KeptWorkspaces.Label("ann", "");
        KeptWorkspace stale = kept.make(ann);
        KeptWorkspace used = kept.make(ann);
        Path root = kept.directory(used.id()).resolveSibling("");
        Path left =
                Files.createDirectory(root.resolve(SessionId.at(clock.instant()).value()));
        Files.writeString(left.resolve("a.txt"), "a");
        Files.setLastModifiedTime(left, at(clock.instant()));
        Path shared = Files.createDirectory(root.resolve("shop"));
        Files.setLastModifiedTime(shared, at(clock.instant()));
        clock.advance(Duration.ofDays(91));
        KeptWorkspace fresh = kept.make(ann);
        store.create(kept.directory(used.id()).toString(), "t");
        Path own = Files.createDirectory(
                root.resolve(store.create(root.toString(), "t").id().value()));
        Files.setLastModifiedTime(own, at(clock.instant().minus(Duration.ofDays(100))));

        assertEquals(List.of(new Removed("workspaces", 2, 0)), removed(housekeeping(), true));
        assertTrue(Files.exists(left));
        assertEquals(List.of(new Removed("workspaces", 2, 0)), removed(housekeeping(), false));

        assertEquals(
                List.of(fresh.id(), used.id()),
                kept.list().stream().map(KeptWorkspace::id).toList());
        assertFalse(Files.exists(kept.directory(stale.id())));
        assertFalse(Files.exists(left));
        assertTrue(Files.exists(own));
        assertTrue(Files.exists(shared));
    }

    @Test
    void aDayIsToldOnceAndOnlyWhenItIsOver() {
        LocalDate day = LocalDate.parse("2026-11-21");
        assertEquals(day, housekeeping().report(day).date());
        assertEquals(List.of(), told);
        clock.advance(Duration.ofDays(1));
        Job nightly = housekeeping().jobs().getLast();

        nightly.work().run();
        nightly.work().run();

        assertEquals(List.of(day), told.stream().map(DailyReport::date).toList());
        assertEquals(told.getFirst(), housekeeping().report(day));
    }

    @Test
    void aSinkThatFailsTakesNothingFromTheReport() {
        clock.advance(Duration.ofDays(1));
        DailyReport report = housekeeping(1, 1, _ -> {
                    throw new IllegalStateException("nobody listens");
                })
                .report(LocalDate.parse("2026-11-21"));

        assertEquals(report, housekeeping().report(LocalDate.parse("2026-11-21")));
        assertEquals(List.of(), told);
    }

    @Test
    void theJobsAreAnHourlyCleanUpAndANightlyReport() throws IOException {
        output("old", 10, Duration.ofDays(8));
        List<Job> jobs = housekeeping().jobs();

        jobs.getFirst().work().run();

        assertEquals(0, output.toFile().listFiles().length);
        assertEquals(
                List.of(new Job.When.Every(Duration.ofHours(1)), new Job.When.DailyAt(LocalTime.of(2, 0))),
                jobs.stream().map(Job::when).toList());
    }

    @Test
    void aChatRoomIsToldTheDayAndWhoCannotBeToldKeepsNobodyElseFromIt() throws IOException {
        List<String> posted = new CopyOnWriteArrayList<>();
        HttpServer room = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        room.createContext("/", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/closed") ? 403 : 200, -1);
            exchange.close();
        });
        room.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + room.getAddress().getPort());
            LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1);

            housekeeping(
                            0,
                            0,
                            new WebhookReports(new Webhook(address.resolve("/closed"))),
                            new WebhookReports(new Webhook(address)),
                            told::add)
                    .report(day);

            assertEquals(1, told.size());
            assertEquals(2, posted.size());
            assertEquals(
                    "Fettle, " + told.getFirst().line(),
                    JsonMapper.shared().readTree(posted.getLast()).get("text").asString());
        } finally {
            room.stop(0);
        }
    }
}
