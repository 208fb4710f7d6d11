package dev.fettle.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunFilter;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.run.RunState;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.RunId;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.Status;
import dev.fettle.core.trace.Trace;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import dev.fettle.core.user.KeyScope;
import dev.fettle.core.user.Role;
import dev.fettle.server.exchange.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What the routes do, over real HTTP and on books in memory.
@Timeout(30)
class ApiTest {
    private static final Duration AT_ONCE = Duration.ZERO;

    @TempDir
    private Path root = Path.of("");

    private Office office;
    private Office.Client ann;
    private Office.Client bob;
    private Office.Client admin;

    @BeforeEach
    void open() throws IOException {
        office = new Office(root, AT_ONCE);
        ann = office.user("ann", Role.USER);
        bob = office.user("bob", Role.USER);
        admin = office.user("root", Role.ADMIN);
    }

    @AfterEach
    void close() {
        office.close();
    }

    private Run ordered(Office.Client client, String body, String... headers) {
        Office.Reply reply = client.post("/api/v1/runs", body, headers);
        assertEquals(202, reply.status(), reply.body());
        return office.runs.find(new RunId(reply.text("run_id"))).orElseThrow();
    }

    private static Event answer(String text) {
        return new Event.AssistantSaid(
                "test/m",
                List.of(new ContentBlock.Text(text)),
                StopReason.END,
                new Usage(10, 0, 0, 5, 0),
                Money.of("0.01"),
                7);
    }

    /// Carries the run out as a worker does.
    private void finish(Run run, String text) {
        office.append(
                run.session().value(),
                Office.said(run.id().value(), run.request().prompt()),
                answer(text),
                new Event.TurnEnded(new Outcome.Completed()));
        office.runs.put(run.id(), new RunState.Ended(Status.COMPLETED, ""));
    }

    private static List<String> pointers(Office.Reply reply) {
        assertEquals(422, reply.status(), reply.body());
        return reply.json()
                .path("errors")
                .valueStream()
                .map(each -> each.path("pointer").asString())
                .toList();
    }

    /// Without the trace, which is another with each request.
    private static Map<String, String> settings(Run run) {
        Map<String, String> settings = new HashMap<>(run.request().settings());
        settings.remove(Trace.NAME);
        return settings;
    }

    @Test
    void aRunGoesOnWithTheTraceOfWhoeverOrderedIt() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        Run run = ordered(ann, "{\"prompt\":\"x\"}", "traceparent", "00-" + trace + "-b7ad6b7169203331-01");
        assertEquals(trace, run.correlation().trace().traceId());
        assertNotEquals(
                trace, ordered(ann, "{\"prompt\":\"x\"}").correlation().trace().traceId());
    }

    @Test
    void anOrderBecomesARunInADirectoryOfItsSession() throws IOException {
        Run run = ordered(ann, """
                {"prompt":"use hunter2","model":"test/m","max_steps":7,"max_cost":0.5,"approve":true}""");
        Path directory = root.toRealPath().resolve(run.session().value());

        assertEquals("use ***", run.request().prompt());
        assertTrue(run.request().approvesAll());
        assertEquals(
                Map.of(
                        "LLM_MODEL", "test/m",
                        "AGENT_MAX_STEPS", "7",
                        "AGENT_MAX_COST", "0.5",
                        "WORK_DIR", directory.toString()),
                settings(run));
        assertTrue(Files.isDirectory(directory));
    }

    @Test
    void aSessionGoesOnInItsDirectoryAndSoDoesItsFork() {
        Run first = ordered(ann, "{\"prompt\":\"one\"}");
        Run second = ordered(ann, "{\"prompt\":\"two\",\"session_id\":\"%s\"}".formatted(first.session()));
        assertEquals(settings(first), settings(second));

        Office.Reply fork = ann.post("/api/v1/sessions/%s/fork".formatted(first.session()), "");
        assertEquals(201, fork.status());
        assertEquals(first.session().value(), fork.text("workspace"));
        Run third = ordered(ann, "{\"prompt\":\"three\",\"session_id\":\"%s\"}".formatted(fork.text("session_id")));
        assertEquals(settings(first), settings(third));
    }

    @Test
    void aNamedWorkspaceIsADirectoryBelowTheRootAndNothingElse() throws IOException {
        Path outside = Files.createTempDirectory("outside");
        Files.createDirectory(root.resolve("shop"));
        Files.createSymbolicLink(root.resolve("link"), outside);
        Run theirs = ordered(bob, "{\"prompt\":\"x\"}");

        Run run = ordered(ann, "{\"prompt\":\"x\",\"workspace\":\"shop\"}");
        assertEquals(
                root.toRealPath().resolve("shop").toString(),
                run.request().settings().get("WORK_DIR"));

        for (String name : List.of(
                "..",
                ".",
                "../shop",
                "shop/..",
                "/etc",
                "link",
                "nowhere",
                "",
                theirs.session().value())) {
            Office.Reply reply = ann.post("/api/v1/runs", "{\"prompt\":\"x\",\"workspace\":\"%s\"}".formatted(name));
            assertEquals(List.of("/workspace"), pointers(reply), name);
        }
        String session = run.session().value();
        assertEquals(
                List.of("/workspace"),
                pointers(ann.post(
                        "/api/v1/runs",
                        "{\"prompt\":\"x\",\"session_id\":\"%s\",\"workspace\":\"link\"}".formatted(session))));
        Files.delete(root.resolve("shop"));
        Files.createSymbolicLink(root.resolve("shop"), outside);
        assertEquals(
                409,
                ann.post("/api/v1/runs", "{\"prompt\":\"x\",\"session_id\":\"%s\"}".formatted(session))
                        .status());
    }

    @Test
    void whatCannotBeOrderedIsRefusedWithThePlace() {
        assertEquals(List.of("/prompt"), pointers(ann.post("/api/v1/runs", "{\"prompt\":\" \"}")));
        assertEquals(List.of("/model"), pointers(ann.post("/api/v1/runs", "{\"prompt\":\"x\",\"model\":\"y\"}")));
        for (String steps : List.of("0", "51")) {
            assertEquals(
                    List.of("/max_steps"),
                    pointers(ann.post("/api/v1/runs", "{\"prompt\":\"x\",\"max_steps\":%s}".formatted(steps))));
        }
        for (String cost : List.of("0", "\"-1\"", "true", "2.01", "\"1e9\"")) {
            assertEquals(
                    List.of("/max_cost"),
                    pointers(ann.post("/api/v1/runs", "{\"prompt\":\"x\",\"max_cost\":%s}".formatted(cost))),
                    cost);
        }
        assertEquals(List.of("/promt", "/prompt"), pointers(ann.post("/api/v1/runs", "{\"promt\":\"x\"}")));
        assertEquals(List.of(), office.sessions.list());
    }

    @Test
    void aFullQueueIsSaidWith429AndLeavesNoSession() {
        office.isFull();
        Office.Reply reply = ann.post("/api/v1/runs", "{\"prompt\":\"x\"}");
        assertEquals(429, reply.status());
        assertEquals("5", reply.header("Retry-After").orElseThrow());
        assertEquals(List.of(), office.sessions.list());
    }

    @Test
    void aDatabaseThatIsAwayIsA503ThatDoesNotNameIt() throws Exception {
        office.isAway();
        Office.Reply reply = ann.get("/api/v1/runs");
        assertEquals(503, reply.status());
        assertTrue(reply.header("Retry-After").isPresent());
        assertFalse(reply.body().contains("db.internal"));
        assertEquals(503, ann.get("/health/ready").status());
        assertEquals("unavailable", ann.get("/api/v1/health").text("status"));
        assertTrue(ann.get("/health").body().contains("db.internal is away"));
        assertFalse(office.as("nobody").get("/health").body().contains("db.internal"));
        assertEquals(200, ann.get("/health/live").status());

        office.trouble.set(Optional.empty());
        office.clock.advance(Duration.ofSeconds(1));
        assertEquals("ok", office.as("nobody").get("/health/ready").text("status"));
    }

    @Test
    void aRunsEventsAreToldWhileTheyHappenAndEndWithTheRun() throws Exception {
        Run run = ordered(ann, "{\"prompt\":\"hi\"}");
        CompletableFuture<Office.Reply> live =
                CompletableFuture.supplyAsync(() -> ann.get("/api/v1/runs/%s/events".formatted(run.id())));
        finish(run, "hello");
        office.append(
                run.session().value(),
                new Event.UserSaid("something else", List.of()),
                new Event.TurnEnded(new Outcome.Completed()));

        String told = live.get().body();
        String again = ann.get("/api/v1/runs/%s/events".formatted(run.id())).body();

        assertEquals(again, told);
        assertTrue(told.contains("id: 2\nevent: assistant_said\ndata: {\"seq\":2,"), told);
        assertTrue(told.indexOf("event: turn_ended") < told.indexOf("event: run_ended"), told);
        assertFalse(told.contains("something else"), told);
        String rest = ann.get("/api/v1/runs/%s/events".formatted(run.id()), "Last-Event-ID", "2")
                .body();
        assertFalse(rest.contains("assistant_said"), rest);
        assertTrue(rest.contains("turn_ended"), rest);
        assertEquals(
                400,
                ann.get("/api/v1/runs/%s/events".formatted(run.id()), "Last-Event-ID", "x")
                        .status());

        JsonNode result = ann.get("/api/v1/runs/" + run.id()).json().path("result");
        assertEquals("{\"text\":\"hello\",\"steps\":1,\"tokens\":15,\"cost\":\"0.01\"}", result.toString());
    }

    @Test
    void aCancelledRunThatNeverBeganHasAnEndAllTheSame() {
        Run run = ordered(ann, "{\"prompt\":\"hi\"}");
        assertEquals(
                200, ann.post("/api/v1/runs/%s/cancel".formatted(run.id()), "").status());
        String told = ann.get("/api/v1/runs/%s/events".formatted(run.id())).body();
        assertTrue(told.contains("event: run_ended") && told.contains("\"status\":\"cancelled\""), told);
    }

    @Test
    void aSessionsEventsEndWhenItIsRemoved() throws Exception {
        Run run = ordered(ann, "{\"prompt\":\"hi\"}");
        String path = "/api/v1/sessions/" + run.session();
        assertEquals(409, ann.send("DELETE", path, "").status());
        finish(run, "hello");
        CompletableFuture<Office.Reply> live = CompletableFuture.supplyAsync(() -> ann.get(path + "/events"));
        assertEquals(3, ann.get(path + "/export").body().lines().count());
        assertEquals(204, ann.send("DELETE", path, "").status());
        // The listener may come before or after the removal.
        assertTrue(List.of(200, 404).contains(live.get().status()));
        assertEquals(404, ann.get(path).status());
        assertTrue(office.desk.noted.contains("session.delete"));
    }

    @Test
    void aQuestionIsAnsweredByWhoAskedForTheRun() {
        Run run = ordered(ann, "{\"prompt\":\"hi\"}");
        office.runs.put(
                run.id(),
                new RunState.Waiting(
                        new Event.ApprovalAsked("call_1", new Permission.Execute("make"), "user:ask", "no sandbox")));
        String path = "/api/v1/runs/" + run.id();
        assertEquals(
                "run: make",
                ann.get(path).json().path("question").path("permission").asString());
        assertEquals(404, bob.post(path + "/approve", "").status());

        assertEquals(200, ann.post(path + "/deny", "{\"reason\":\"not today\"}").status());

        assertEquals(Optional.of(new RunQueue.Answer.No("not today")), office.runs.lastAnswer());
        assertEquals(409, ann.post(path + "/approve", "").status());
    }

    @Test
    void listsShowOnlyTheCallersOwnPageByPage() {
        for (int i = 0; i < 5; i++) {
            ordered(ann, "{\"prompt\":\"number %d\"}".formatted(i));
            office.clock.advance(Duration.ofSeconds(1));
        }
        ordered(bob, "{\"prompt\":\"of bob\"}");

        for (String list : List.of("runs", "sessions")) {
            String items = list.equals("runs") ? "prompt" : "title";
            Office.Reply first = ann.get("/api/v1/%s?limit=3".formatted(list));
            Office.Reply second = ann.get("/api/v1/%s?limit=3&cursor=%s".formatted(list, first.text("next_cursor")));
            assertEquals(
                    List.of("number 4", "number 3", "number 2"),
                    values(first.json().path(list), items));
            assertEquals(List.of("number 1", "number 0"), values(second.json().path(list), items));
            assertTrue(second.json().path("next_cursor").isMissingNode());
            assertEquals(6, admin.get("/api/v1/" + list).json().path(list).size());
        }
        assertEquals(
                List.of("number 2"),
                values(ann.get("/api/v1/sessions?q=NUMBER+2").json().path("sessions"), "title"));
        assertEquals(
                0, ann.get("/api/v1/sessions?q=bob").json().path("sessions").size());
        assertEquals(
                0, ann.get("/api/v1/runs?status=completed").json().path("runs").size());
        assertEquals(400, ann.get("/api/v1/runs?limit=0").status());
        assertEquals(400, ann.get("/api/v1/runs?cursor=!").status());
        assertEquals(400, ann.get("/api/v1/runs?session_id=mine").status());
        assertEquals(
                0, ann.get("/api/v1/runs?cursor=bm9uZQ").json().path("runs").size());
    }

    private static List<String> values(JsonNode list, String field) {
        return list.valueStream().map(each -> each.path(field).asString()).toList();
    }

    @Test
    void anothersIdIsLikeOneThatDoesNotExist() {
        Run run = ordered(ann, "{\"prompt\":\"hi\"}");
        String missing = "run_" + "0".repeat(32);
        assertEquals(
                bob.get("/api/v1/runs/" + missing).text("detail"),
                bob.get("/api/v1/runs/" + run.id()).text("detail"));
        for (String path : List.of(
                "/api/v1/runs/" + run.id(),
                "/api/v1/runs/nonsense",
                "/api/v1/sessions/" + run.session(),
                "/api/v1/sessions/" + run.session() + "/export",
                "/chat/" + run.session(),
                "/chat/sessions/" + run.session() + "/history")) {
            assertEquals(404, bob.get(path).status(), path);
        }
        assertEquals(
                404,
                bob.send("PATCH", "/api/v1/sessions/" + run.session(), "{\"title\":\"mine\"}")
                        .status());
        assertEquals(
                404,
                bob.post("/api/v1/runs", "{\"prompt\":\"x\",\"session_id\":\"%s\"}".formatted(run.session()))
                        .status());
        assertEquals(200, admin.get("/api/v1/runs/" + run.id()).status());
        assertEquals(
                "better",
                ann.send("PATCH", "/api/v1/sessions/" + run.session(), "{\"title\":\"better\"}")
                        .text("title"));
    }

    @Test
    void aRequestSentTwiceIsDoneOnce() {
        String[] key = {"Idempotency-Key", "k1"};
        Office.Reply first = ann.post("/api/v1/runs", "{\"prompt\":\"hi\"}", key);
        Office.Reply again = ann.post("/api/v1/runs", "{\"prompt\":\"hi\"}", key);
        assertEquals(first.body(), again.body());
        assertEquals(202, again.status());
        assertEquals(first.header("Location"), again.header("Location"));
        assertEquals("true", again.header("Idempotent-Replayed").orElseThrow());
        assertEquals(
                422, ann.post("/api/v1/runs", "{\"prompt\":\"other\"}", key).status());
        assertEquals(202, bob.post("/api/v1/runs", "{\"prompt\":\"hi\"}", key).status());
        assertEquals(2, office.sessions.list().size());
        assertEquals(
                400,
                ann.post("/api/v1/runs", "{\"prompt\":\"hi\"}", "Idempotency-Key", "x".repeat(300))
                        .status());
        assertEquals(
                422,
                ann.post("/api/v1/runs", "{\"prompt\":\"\"}", "Idempotency-Key", "k2")
                        .status());
        assertEquals(
                202,
                ann.post("/api/v1/runs", "{\"prompt\":\"a\"}", "Idempotency-Key", "k2")
                        .status());
    }

    @Test
    void aKeysSecretIsToldOnceAndNotKept() {
        String[] key = {"Idempotency-Key", "k1"};
        String body = "{\"label\":\"laptop\",\"user\":\"ann\",\"expires_at\":\"2099-01-01T00:00:00Z\"}";
        Office.Reply created = admin.post("/api/v1/keys", body, key);
        assertEquals(201, created.status(), created.body());
        assertEquals(409, admin.post("/api/v1/keys", body, key).status());

        Office.Client laptop = office.as(created.text("secret"));
        assertEquals(
                "[\"read\",\"run\"]",
                laptop.get("/api/v1/me").json().path("scopes").toString());
        String id = created.json().path("key").path("key_id").asString();
        assertEquals(2, admin.get("/api/v1/keys?user=ann").json().path("keys").size());
        assertEquals(204, admin.send("DELETE", "/api/v1/keys/" + id, "").status());
        assertEquals(401, laptop.get("/api/v1/me").status());
        assertEquals(404, admin.send("DELETE", "/api/v1/keys/key_none", "").status());
        assertEquals(
                422,
                admin.post("/api/v1/keys", "{\"label\":\"x\",\"scopes\":[\"all\"]}")
                        .status());
        assertEquals(
                422,
                admin.post("/api/v1/keys", "{\"label\":\"x\",\"scopes\":[]}").status());
        assertEquals(
                422,
                admin.post("/api/v1/keys", "{\"label\":\"x\",\"expires_at\":\"soon\"}")
                        .status());
        assertEquals(
                404,
                admin.post("/api/v1/keys", "{\"label\":\"x\",\"user\":\"zoe\"}").status());
        assertEquals(List.of("key.create", "key.revoke"), office.desk.noted);
    }

    @Test
    void usersAreForAdministratorsWithAKeyForThat() {
        assertEquals(403, ann.get("/api/v1/users").status());
        String root = office.registry.find("root").orElseThrow().id();
        Office.Client reader = office.as(office.registry
                .create(root, "read only", Set.of(KeyScope.READ))
                .secret()
                .reveal());
        Run run = ordered(ann, "{\"prompt\":\"hi\"}");
        assertEquals(403, reader.get("/api/v1/users").status());
        assertEquals(403, reader.post("/api/v1/runs", "{\"prompt\":\"hi\"}").status());
        assertEquals(404, reader.get("/api/v1/runs/" + run.id()).status());

        Office.Reply zoe = admin.post("/api/v1/users", "{\"name\":\"zoe\",\"role\":\"user\"}");
        assertEquals(201, zoe.status());
        assertEquals(409, admin.post("/api/v1/users", "{\"name\":\"ZOE\"}").status());
        assertEquals(422, admin.post("/api/v1/users", "{\"name\":\"usr_1\"}").status());
        assertEquals(
                422,
                admin.post("/api/v1/users", "{\"name\":\"joe\",\"role\":\"boss\"}")
                        .status());
        assertEquals(4, admin.get("/api/v1/users").json().path("users").size());
        String path = "/api/v1/users/" + zoe.text("user_id");
        assertEquals(
                "admin",
                admin.send("PATCH", path, "{\"name\":\"zoë\",\"role\":\"admin\"}")
                        .text("role"));
        assertEquals("zoë", admin.get(path).text("name"));
        assertEquals(404, admin.get("/api/v1/users/nobody").status());
        assertEquals(
                409,
                admin.send("PATCH", "/api/v1/users/" + root, "{\"active\":false}")
                        .status());

        String bobs =
                "/api/v1/users/" + office.registry.find("bob").orElseThrow().id();
        assertEquals(200, bob.get("/api/v1/me").status());
        admin.send("PATCH", bobs, "{\"active\":false}");
        assertEquals(401, bob.get("/api/v1/me").status());
        admin.send("PATCH", bobs, "{\"active\":true}");
        assertEquals(200, bob.get("/api/v1/me").status());
    }

    @Test
    void twoDifferentKeysInOneRequestOpenNothing() {
        assertEquals(
                401, ann.get("/api/v1/me", "Authorization", "Bearer " + bob.key).status());
        assertEquals(
                200, ann.get("/api/v1/me", "Authorization", "Bearer " + ann.key).status());
    }

    @Test
    void aKeyRevokedElsewhereIsRememberedForTwoSecondsAtMost() {
        assertEquals(200, ann.get("/api/v1/me").status());
        String user = office.registry.find("ann").orElseThrow().id();
        office.registry.revoke(user, office.registry.list(user).getFirst().id());
        office.clock.advance(Duration.ofSeconds(2));
        assertEquals(401, ann.get("/api/v1/me").status());
    }

    @Test
    void numbersAreTheCallersOwn() {
        finish(ordered(ann, "{\"prompt\":\"hi\"}"), "hello");
        ordered(bob, "{\"prompt\":\"hi\"}");
        JsonNode stats = ann.get("/api/v1/stats").json();
        assertEquals(1, stats.path("performance").path("runs").asInt());
        assertEquals(1.0, stats.path("performance").path("success_rate").asDouble());
        assertEquals("0.25", stats.path("performance").path("cost").asString());
        assertEquals(2, stats.at("/performance/tools/bash").asInt());
        assertEquals(20, stats.at("/performance/durations/p95_ms").asInt());
        assertEquals(0, stats.at("/sessions/active").asInt());
        assertEquals(3, stats.path("memory").path("facts").asInt());
        assertEquals(
                2,
                admin.get("/api/v1/stats").json().path("sessions").path("total").asInt());

        assertEquals(200, ann.get("/api/v1/usage").status());
        assertEquals(200, ann.get("/api/v1/usage?by=session&since=2026-01-01").status());
        assertEquals(403, ann.get("/api/v1/usage?by=model").status());
        assertEquals(
                200,
                admin.get("/api/v1/usage?by=day&since=2026-01-01T00:00:00Z").status());
        assertEquals(400, ann.get("/api/v1/usage?by=moon").status());
        assertEquals(400, ann.get("/api/v1/usage?since=then").status());
        assertTrue(ann.get("/api/v1/models").body().contains("\"name\":\"test/m\",\"ready\":true"));
    }

    @Test
    void thePageForUsersNamesEveryRouteAndItsScope() throws IOException {
        String page = Files.readString(Path.of("../docs/http.md"));
        assertEquals(
                List.of(),
                office.api.routes().stream()
                        .map(route -> "| `%s %s` | %s |"
                                .formatted(
                                        route.method(),
                                        route.pattern(),
                                        switch (route.access()) {
                                            case Access.Open _ -> "open";
                                            case Access.SignedIn _ -> "any";
                                            case Access.Scoped scoped -> "`" + scoped.scope() + "`";
                                        }))
                        .filter(line -> !page.contains(line))
                        .toList());
    }

    @Test
    void eachOrderOfABatchIsTakenOnOrRefusedByItself() {
        Office.Reply reply = ann.post("/api/v1/batch", """
                {"requests":[{"prompt":"one"},{"promt":"two"},7,{"prompt":"three","model":"y"},{"prompt":"four"}]}""");
        assertEquals(200, reply.status(), reply.body());
        JsonNode results = reply.json().path("results");
        assertEquals("[0,1,2,3,4]", numbers(results, "index"));
        assertEquals("[202,422,422,422,202]", numbers(results, "status"));
        assertEquals("four", results.path(4).path("run").path("prompt").asString());
        JsonNode problem = results.path(1).path("problem");
        assertEquals("/promt", problem.path("errors").path(0).path("pointer").asString());
        assertEquals(
                reply.header("X-Request-Id").orElseThrow(),
                problem.path("request_id").asString());
        assertEquals(2, office.runs.list(RunFilter.ALL.most(9)).size());

        assertEquals(List.of("/requests"), pointers(ann.post("/api/v1/batch", "{\"requests\":[]}")));
        String tooMany = "{\"prompt\":\"x\"},".repeat(50) + "{\"prompt\":\"x\"}";
        assertEquals(List.of("/requests"), pointers(ann.post("/api/v1/batch", "{\"requests\":[" + tooMany + "]}")));
        assertEquals(List.of("/requests"), pointers(ann.post("/api/v1/batch", "{\"requests\":{}}")));
    }

    private static String numbers(JsonNode list, String field) {
        return list.valueStream()
                .map(each -> each.path(field).asInt())
                .toList()
                .toString()
                .replace(" ", "");
    }

    @Test
    void aBatchSentTwiceIsOrderedOnce() {
        String[] key = {"Idempotency-Key", "k1"};
        String body = "{\"requests\":[{\"prompt\":\"one\"},{\"prompt\":\"two\"}]}";
        assertEquals(
                ann.post("/api/v1/batch", body, key).body(),
                ann.post("/api/v1/batch", body, key).body());
        assertEquals(2, office.runs.list(RunFilter.ALL.most(9)).size());
    }

    @Test
    void aBatchTellsOfEachOrderWhatKeptItFromTheQueue() {
        office.isFull();
        JsonNode results = ann.post("/api/v1/batch", "{\"requests\":[{\"prompt\":\"one\"}]}")
                .json()
                .path("results");
        assertEquals("[429]", numbers(results, "status"));
        office.trouble.set(Optional.of(new IllegalStateException("a bug")));
        Office.Reply buggy = ann.post("/api/v1/batch", "{\"requests\":[{\"prompt\":\"one\"}]}");
        assertEquals("[500]", numbers(buggy.json().path("results"), "status"));
        assertFalse(buggy.body().contains("a bug"));
    }

    @Test
    void aBatchThatIsWaitedForHasTheResultsOfThoseThatEnd(@TempDir Path other) throws Exception {
        try (Office patient = new Office(other, Duration.ofSeconds(20))) {
            Office.Client zoe = patient.user("zoe", Role.USER);
            CompletableFuture<Office.Reply> asked = CompletableFuture.supplyAsync(() -> zoe.post(
                    "/api/v1/batch", "{\"wait\":true,\"requests\":[{\"prompt\":\"one\"},{\"prompt\":\"two\"}]}"));
            while (patient.runs.list(RunFilter.ALL.most(9)).size() < 2) {
                Thread.onSpinWait();
            }
            Run first = patient.runs.list(RunFilter.ALL.most(9)).stream()
                    .filter(run -> run.request().prompt().equals("one"))
                    .findFirst()
                    .orElseThrow();
            patient.append(
                    first.session().value(),
                    Office.said(first.id().value(), "one"),
                    answer("hello"),
                    new Event.TurnEnded(new Outcome.Completed()));
            patient.runs.put(first.id(), new RunState.Ended(Status.COMPLETED, ""));
            patient.api.hurry();
            JsonNode results = asked.get().json().path("results");
            assertEquals("[200,202]", numbers(results, "status"));
            assertEquals(
                    "hello",
                    results.path(0).path("run").path("result").path("text").asString());
        }
    }

    @Test
    void theToolsOfAnAgentAreListed() {
        assertEquals(
                "{\"tools\":[{\"name\":\"echo\",\"description\":\"Says it again.\",\"access\":\"read\"}]}",
                ann.get("/api/v1/tools").body());
    }

    @Test
    void whoDoesNotWantToWaitGetsTheRun() {
        Office.Reply reply = ann.post("/chat", "{\"message\":\"hi\"}", "Prefer", "respond-async");
        assertEquals(202, reply.status());
        assertEquals(
                "/api/v1/runs/" + reply.text("run_id"), reply.header("Location").orElseThrow());
        assertEquals("hi", reply.text("prompt"));
    }

    @Test
    void theWorkflowsMakeAPromptOfTheirFields() {
        ann.post("/api/v1/generate", "{\"prompt\":\"a stack\",\"language\":\"Java\"}");
        ann.post("/api/v1/understand", "{\"code\":\"a ``` b\"}");
        ann.post("/api/v1/debug", "{\"code\":\"x\",\"error_message\":\"boom\"}");
        assertEquals(422, ann.post("/api/v1/debug", "{}").status());
        assertEquals(
                List.of(
                        "Find what is wrong, and mend it.\n\nThe code:\n\n```\nx\n```\n\nThe error:\n\n```\nboom\n```",
                        "Explain this code: what it does and how.\n\n````\na ``` b\n````",
                        "Write code in Java for this: a stack"),
                office.runs.list(RunFilter.ALL.most(9)).stream()
                        .map(run -> run.request().prompt())
                        .toList());
        assertEquals(
                List.of("debug", "understand", "generate"),
                office.runs.list(RunFilter.ALL.most(9)).stream()
                        .map(run -> run.request().settings().get("WORKFLOW"))
                        .toList());
    }

    @Test
    void aConversationIsOpenedAndRead() {
        Office.Reply opened = ann.post("/chat/sessions", "");
        assertEquals(201, opened.status());
        String session = opened.text("session_id");
        assertEquals(201, ann.post("/chat/sessions", "{\"title\":\"Shop\"}").status());
        Office.Reply sent = ann.post("/chat/" + session, "{\"message\":\"hi\",\"context\":\"be kind\"}");
        assertEquals("hi\n\nContext:\nbe kind", sent.text("prompt"));
        finish(office.runs.latest(new SessionId(session)).orElseThrow(), "hello");
        JsonNode history = ann.get("/chat/" + session).json().path("history");
        assertEquals(List.of("user", "assistant"), values(history, "role"));
    }

    @Test
    void anAnswerThatComesInTimeIsGivenAndAFailureIsSaid(@TempDir Path other) throws Exception {
        try (Office patient = new Office(other, Duration.ofSeconds(20))) {
            Office.Client zoe = patient.user("zoe", Role.USER);
            CompletableFuture<Office.Reply> asked =
                    CompletableFuture.supplyAsync(() -> zoe.post("/api/v1/generate", "{\"prompt\":\"x\"}"));
            while (patient.runs.list(RunFilter.ALL.most(1)).isEmpty()) {
                Thread.onSpinWait();
            }
            Run run = patient.runs.list(RunFilter.ALL.most(1)).getFirst();
            patient.runs.put(run.id(), new RunState.Ended(Status.PROVIDER_UNAVAILABLE, "Nobody is there."));
            Office.Reply reply = asked.get();
            assertEquals(200, reply.status(), reply.body());
            assertFalse(reply.json().path("success").asBoolean());
            assertEquals("Nobody is there.", reply.text("response"));
            assertEquals(
                    "provider_unavailable",
                    reply.json().path("data").path("status").asString());

            CompletableFuture<Office.Reply> late =
                    CompletableFuture.supplyAsync(() -> zoe.post("/chat", "{\"message\":\"x\"}"));
            while (patient.runs.list(RunFilter.ALL.most(9)).size() < 2) {
                Thread.onSpinWait();
            }
            patient.api.hurry();
            assertEquals(202, late.get().status());
        }
    }
}
