package dev.fettle.app;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.server.FakeModelServer;
import dev.fettle.testkit.server.Fault;
import dev.fettle.testkit.server.Step;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The HTTP service as a whole: SQLite, a worker in the same process, a model on loopback.
@Timeout(60)
class ServeTest {
    private static final String WRITE = "{\"path\":\"a.txt\",\"content\":\"hello\"}";

    @TempDir
    private Path directory = Path.of("");

    private Installation fettle;

    @BeforeEach
    void install() {
        fettle = new Installation(directory);
    }

    @Test
    void aRunIsToldFromTheOrderToItsEndAndAgainFromWhereAClientWas() throws Exception {
        try (FakeModelServer model = FakeModelServer.answering(calls(call("write", WRITE)), text("done"));
                Served served = new Served(fettle.withAnthropic(model))) {
            Served.Client admin = served.asAdmin();
            Served.Reply queued = admin.post("/api/v1/runs", "{\"prompt\":\"write a file\"}");
            assertEquals(202, queued.status(), queued.response().body());
            String path = "/api/v1/runs/" + queued.text("run_id");
            assertEquals(
                    path, queued.response().headers().firstValue("Location").orElseThrow());

            // A client that comes late may hear less of an answer before it has it.
            List<Served.Told> told = admin.events(path + "/events").stream()
                    .filter(each -> !each.name().equals("delta"))
                    .toList();

            List<String> names = told.stream().map(Served.Told::name).toList();
            assertTrue(
                    names.containsAll(
                            List.of("session_started", "user_said", "assistant_said", "tool_started", "tool_finished")),
                    names.toString());
            assertEquals(List.of("turn_ended", "run_ended"), names.subList(names.size() - 2, names.size()));
            assertEquals("completed", told.getLast().data().path("status").asString());
            Path file = fettle.home
                    .resolve("workspaces")
                    .resolve(queued.text("session_id"))
                    .resolve("a.txt");
            assertEquals("hello", Files.readString(file));

            String middle = told.get(2).id();
            assertEquals(told.subList(3, told.size()), admin.events(path + "/events", "Last-Event-ID", middle));

            JsonNode result = admin.get(path).json().path("result");
            assertEquals("done", result.path("text").asString());
            assertEquals(2, result.path("steps").asInt());
        }
    }

    private static HttpRequest.BodyPublisher zip(Map<String, String> files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> each : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write(each.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return HttpRequest.BodyPublishers.ofByteArray(out.toByteArray());
    }

    @Test
    void anArchiveIsWorkedOnAndComesBackAsAPatchAndAsAnArchive() throws Exception {
        String edit = "{\"path\":\"src/a.txt\",\"edits\":[{\"old\":\"old\",\"new\":\"new\"}]}";
        String read = "{\"path\":\"src/a.txt\"}";
        try (FakeModelServer model =
                        FakeModelServer.answering(calls(call("read", read)), calls(call("edit", edit)), text("done"));
                Served served = new Served(fettle.withAnthropic(model))) {
            Served.Client ann = served.asNew("ann");
            String workspace = ann.upload("/api/v1/workspaces", "application/zip", zip(Map.of("src/a.txt", "old\n")))
                    .text("workspace_id");
            Served.Reply evil = ann.upload("/api/v1/workspaces", "application/zip", zip(Map.of("../a.txt", "x")));
            assertEquals(422, evil.status(), evil.response().body());

            String order = "{\"prompt\":\"mend it\",\"workspace\":\"%s\"}".formatted(workspace);
            Served.Reply queued = ann.post("/api/v1/runs", order);
            String run = queued.text("run_id");
            ann.await(run, "completed");

            String diff = ann.get("/api/v1/runs/" + run + "/diff").response().body();
            assertTrue(diff.startsWith("diff --git a/src/a.txt b/src/a.txt\n"), diff);
            assertTrue(diff.endsWith("@@ -1 +1 @@\n-old\n+new\n"), diff);
            String session = "/api/v1/sessions/" + queued.text("session_id");
            assertEquals(
                    "new\n", ann.get(session + "/files/src/a.txt").response().body());
            assertEquals(200, ann.get(session + "/archive?format=tar.gz").status());
            Served.Client bob = served.asNew("bob");
            for (String path :
                    List.of("/api/v1/runs/" + run + "/diff", session + "/files", "/api/v1/workspaces/" + workspace)) {
                assertEquals(404, bob.get(path).status(), path);
            }
            assertEquals(404, bob.post("/api/v1/runs", order).status());
            assertEquals(204, ann.delete("/api/v1/workspaces/" + workspace).status());
            assertEquals(409, ann.get(session + "/files").status());
        }
    }

    @Test
    void anAnswerOfAModelIsKeptForTheRunsOfOthersAndSettingsAreReadAnew() throws Exception {
        fettle.environment.put("LLM_CACHE", "true");
        try (FakeModelServer model = FakeModelServer.answering(text("one"), text("two"));
                Served served = new Served(fettle.withAnthropic(model))) {
            Served.Client admin = served.asAdmin();
            String workspace = admin.upload("/api/v1/workspaces", "application/zip", zip(Map.of("a.txt", "a\n")))
                    .text("workspace_id");
            String order = "{\"prompt\":\"say one\",\"workspace\":\"%s\"}".formatted(workspace);
            for (int i = 0; i < 2; i++) {
                String run = admin.post("/api/v1/runs", order).text("run_id");
                assertEquals(
                        "one",
                        admin.await(run, "completed")
                                .path("result")
                                .path("text")
                                .asString());
            }
            assertEquals(1, model.requests().size());

            Files.writeString(fettle.home.resolve("config.env"), "AGENT_MAX_STEPS=many\n");
            String run = admin.post("/api/v1/runs", order).text("run_id");
            String message = admin.await(run, "failed").path("message").asString();
            assertTrue(message.startsWith("AGENT_MAX_STEPS"), message);
        }
    }

    @Test
    void aRunWaitsForItsRepository() throws Exception {
        Path origin = Files.createDirectories(directory.resolve("git/shop"));
        for (String command : List.of(
                "git init -q -b main",
                "touch a.txt",
                "git add a.txt",
                "git -c user.name=T -c user.email=t@example.com commit -q -m first")) {
            Process process = new ProcessBuilder("sh", "-c", command)
                    .directory(origin.toFile())
                    .start();
            assertEquals(0, process.waitFor(), command);
        }
        fettle.environment.put("GIT_FILES", directory.resolve("git").toString());
        try (FakeModelServer model = FakeModelServer.answering(calls(call("ls", "{}")), text("done"));
                Served served = new Served(fettle.withAnthropic(model))) {
            Served.Client admin = served.asAdmin();
            String order = "{\"prompt\":\"look\",\"git\":{\"url\":\"file://%s\",\"ref\":\"%s\"}}";
            String run =
                    admin.post("/api/v1/runs", order.formatted(origin, "main")).text("run_id");
            admin.await(run, "completed");
            assertTrue(model.requests().getLast().text().contains("a.txt"));
            assertEquals(
                    "", admin.get("/api/v1/runs/" + run + "/diff").response().body());

            String lost = admin.post("/api/v1/runs", order.formatted(origin, "nowhere"))
                    .text("run_id");
            String message = admin.await(lost, "failed").path("message").asString();
            assertTrue(message.contains("Remote branch nowhere not found"), message);
            assertEquals(
                    422,
                    admin.post("/api/v1/runs", order.formatted("/etc", "main")).status());
        }
    }

    /// Nobody listens there; that git says so shows that it runs, and has the network, where it is confined.
    @Test
    void aHostOfTheOwnNetworkIsOnlyAskedIfItIsListed() throws Exception {
        fettle.environment.put("GIT_HOSTS", "localhost");
        String order = "{\"git\":{\"url\":\"https://%s/a.git\"}}";
        try (FakeModelServer model = FakeModelServer.answering(text("never"));
                Served served = new Served(fettle.withAnthropic(model))) {
            Served.Reply listed = served.asAdmin().post("/api/v1/workspaces", order.formatted("localhost:1"));
            assertEquals(422, listed.status());
            assertTrue(
                    listed.text("detail").contains("Failed to connect to localhost port 1"),
                    listed.response().body());
            Served.Reply other = served.asAdmin().post("/api/v1/workspaces", order.formatted("127.0.0.1:1"));
            assertEquals("Nothing is fetched from this host; GIT_HOSTS says from which.", other.text("detail"));
            JsonNode left = served.asAdmin().get("/api/v1/workspaces").json();
            assertEquals(0, left.path("workspaces").size());
        }
    }

    @Test
    void aRunThatFillsItsWorkspaceEndsAndSaysWhy() throws Exception {
        fettle.environment.put("WORKSPACE_QUOTA", "1KB");
        String large = "{\"path\":\"a.txt\",\"content\":\"%s\"}".formatted("x".repeat(2_000));
        try (FakeModelServer model = FakeModelServer.answering(calls(call("write", large)), text("never"));
                Served served = new Served(fettle.withAnthropic(model))) {
            Served.Client admin = served.asAdmin();
            String run = admin.post("/api/v1/runs", "{\"prompt\":\"fill it\"}").text("run_id");
            String message = admin.await(run, "failed").path("message").asString();
            assertTrue(message.startsWith("The workspace is full"), message);
            assertEquals(1, model.requests().size());
        }
    }

    @Test
    void chatsAnswerAndGoOn() throws Exception {
        try (FakeModelServer model =
                        FakeModelServer.answering(text("hello"), text("again"), text("code"), text("code"));
                Served served = new Served(fettle.withAnthropic(model))) {
            Served.Client admin = served.asAdmin();
            Served.Reply first = admin.post("/chat", "{\"message\":\"hi\",\"context\":{\"a\":1}}");
            assertEquals(200, first.status(), first.response().body());
            assertEquals("hello", first.text("response"));
            assertEquals(
                    "completed", first.json().path("metadata").path("status").asString());

            String session = first.text("session_id");
            Served.Reply second = admin.post("/chat/sessions/" + session + "/messages", "{\"text\":\"and?\"}");
            assertEquals("{\"response\":\"again\"}", second.response().body());
            assertEquals(
                    List.of("hi\n\nContext:\n{\"a\":1}", "hello", "and?", "again"),
                    admin.get("/chat/sessions/" + session + "/history")
                            .json()
                            .path("history")
                            .valueStream()
                            .map(each -> each.path("content").asString())
                            .toList());

            Served.Reply generated = admin.post("/api/v1/generate", "{\"prompt\":\"a stack\",\"language\":\"Java\"}");
            assertEquals(
                    true,
                    generated.json().path("success").asBoolean(),
                    generated.response().body());
            assertEquals("code", generated.text("response"));
        }
    }

    @Test
    void answersHaveTheFieldsThatClientsWereTold() throws Exception {
        try (FakeModelServer model = FakeModelServer.deciding(_ -> new Step.Answer(text("Done.")));
                Served served = new Served(fettle.withAnthropic(model))) {
            Served.Client admin = served.asAdmin();
            Served.Reply opened = admin.post("/chat/sessions", "");
            assertEquals(201, opened.status());
            assertFields("session_id", opened);
            String chat = "/chat/" + opened.text("session_id");
            String messages = "/chat/sessions/" + opened.text("session_id");
            assertFields("response", admin.post(messages + "/messages", "{\"text\":\"hi\"}"));
            assertFields("history", admin.get(messages + "/history"));
            assertFields("session_id title history", admin.get(chat));
            for (String each : List.of("/chat", chat)) {
                assertFields("response session_id metadata", admin.post(each, "{\"message\":\"hi\"}"));
            }
            String session = "\"session_id\":\"%s\"}".formatted(opened.text("session_id"));
            assertFields(
                    "success response data",
                    admin.post("/api/v1/generate", "{\"prompt\":\"a stack\",\"language\":\"java\"," + session));
            assertFields(
                    "success response data",
                    admin.post("/api/v1/understand", "{\"code\":\"int x;\",\"language\":\"java\"," + session));
            assertFields(
                    "success response data",
                    admin.post("/api/v1/debug", "{\"code\":\"int x;\",\"error_message\":\"boom\"," + session));
            assertFields("performance sessions memory", admin.get("/api/v1/stats"));
            assertFields("status timestamp", served.as("nobody").get("/api/v1/health"));
        }
    }

    private static void assertFields(String names, Served.Reply reply) {
        assertEquals(
                List.of(names.split(" ")),
                List.copyOf(reply.json().propertyNames()),
                reply.response().body());
    }

    @Test
    void anApprovalIsAskedForAndGiven() throws Exception {
        fettle.environment.put("AGENT_SANDBOX", "none");
        String echo = "{\"command\":\"echo yes > said\"}";
        try (FakeModelServer model = FakeModelServer.answering(calls(call("bash", echo)), text("done"));
                Served served = new Served(fettle.withAnthropic(model))) {
            Served.Client admin = served.asAdmin();
            String run = admin.post("/api/v1/runs", "{\"prompt\":\"say yes\"}").text("run_id");

            JsonNode waiting = admin.await(run, "waiting");

            String asked = waiting.path("question").path("permission").asString();
            assertTrue(asked.contains("echo yes > said"), waiting.toString());
            assertEquals(200, admin.post("/api/v1/runs/" + run + "/approve", "").status());
            admin.await(run, "completed");
            assertEquals(409, admin.post("/api/v1/runs/" + run + "/approve", "").status());
        }
    }

    @Test
    void aRunUnderWayIsCancelled() throws Exception {
        Step silence = new Fault.Silence(Duration.ofMinutes(5), true, text("never"));
        try (FakeModelServer model = FakeModelServer.script(silence);
                Served served = new Served(fettle.withAnthropic(model))) {
            Served.Client admin = served.asAdmin();
            String run = admin.post("/api/v1/runs", "{\"prompt\":\"wait\"}").text("run_id");
            while (model.requests().isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            assertEquals(202, admin.post("/api/v1/runs/" + run + "/cancel", "").status());
            List<Served.Told> told = admin.events("/api/v1/runs/" + run + "/events");
            assertEquals("cancelled", told.getLast().data().path("status").asString());
        }
    }

    @Test
    void usersDoNotSeeEachOther() throws Exception {
        try (FakeModelServer model = FakeModelServer.answering(text("for ann"));
                Served served = new Served(fettle.withAnthropic(model))) {
            Served.Client ann = served.asNew("ann");
            Served.Client bob = served.asNew("bob");
            Served.Reply said = ann.post("/chat", "{\"message\":\"the secret plan\"}");
            String session = said.text("session_id");
            String run = said.json().path("metadata").path("run_id").asString();

            for (String path : List.of(
                    "/api/v1/runs/" + run,
                    "/api/v1/runs/" + run + "/events",
                    "/api/v1/sessions/" + session,
                    "/api/v1/sessions/" + session + "/events",
                    "/api/v1/sessions/" + session + "/export",
                    "/chat/" + session,
                    "/chat/sessions/" + session + "/history")) {
                assertEquals(404, bob.get(path).status(), path);
            }
            assertEquals(404, bob.delete("/api/v1/sessions/" + session).status());
            assertEquals(
                    404,
                    bob.post("/chat/" + session, "{\"message\":\"me too\"}").status());
            assertEquals(
                    404, bob.post("/api/v1/sessions/" + session + "/fork", "").status());
            assertEquals(404, bob.post("/api/v1/runs/" + run + "/cancel", "").status());
            assertEquals(
                    422,
                    bob.post("/api/v1/runs", "{\"prompt\":\"x\",\"workspace\":\"" + session + "\"}")
                            .status());
            assertFalse(bob.get("/api/v1/sessions?q=secret").response().body().contains("secret plan"));
            assertFalse(bob.get("/api/v1/runs").response().body().contains("secret plan"));
            assertFalse(bob.get("/api/v1/usage?by=session").response().body().contains(session));
            assertEquals(403, bob.get("/api/v1/users").status());
            assertTrue(ann.get("/api/v1/usage?by=session").response().body().contains(session));
            assertTrue(ann.get("/api/v1/sessions?q=secret").response().body().contains("secret plan"));
            assertEquals(200, served.asAdmin().get("/api/v1/runs/" + run).status());
        }
    }

    @Test
    void aRevokedKeyOpensNothing() throws Exception {
        try (FakeModelServer model = FakeModelServer.answering(text("never"));
                Served served = new Served(fettle.withAnthropic(model))) {
            Served.Client ann = served.asNew("ann");
            assertEquals("ann", ann.get("/api/v1/me").text("name"));
            String key = served.asAdmin()
                    .get("/api/v1/keys?user=ann")
                    .json()
                    .path("keys")
                    .path(0)
                    .path("key_id")
                    .asString();

            assertEquals(204, served.asAdmin().delete("/api/v1/keys/" + key).status());

            assertEquals(401, ann.get("/api/v1/me").status());
        }
    }

    @Test
    void healthTellsDetailsOnlyToThoseWhoAreKnown() throws Exception {
        try (FakeModelServer model = FakeModelServer.answering(text("never"));
                Served served = new Served(fettle.withAnthropic(model))) {
            JsonNode open = served.as("nobody").get("/health").json();
            assertEquals(List.of("status", "timestamp"), List.copyOf(open.propertyNames()));
            JsonNode known = served.asAdmin().get("/api/v1/health").json();
            assertEquals(
                    Set.of("database", "disk", "memory", "cache", "model", "sandbox"),
                    Set.copyOf(known.path("checks").propertyNames()));
            assertEquals("ok", known.at("/checks/model/status").asString(), known.toString());
            assertEquals(
                    "anthropic/claude-sonnet-5-5",
                    known.at("/checks/model/detail").asString());
            assertTrue(known.at("/checks/model/age_ms").isIntegralNumber(), known.toString());
            assertTrue(served.asAdmin().get("/api/v1/models").response().body().contains("claude-sonnet-5-5"));
            assertEquals(200, served.asAdmin().get("/api/v1/stats").status());
        }
    }

    @Test
    void aModelThatIsNotThereIsToldAndKeepsNobodyAway() throws Exception {
        FakeModelServer model = FakeModelServer.answering(text("never"));
        fettle.withAnthropic(model);
        model.close();
        fettle.environment.put("AGENT_SANDBOX", "none");
        try (Served served = new Served(fettle)) {
            JsonNode health = served.asAdmin().get("/health").json();
            assertEquals("degraded", health.path("status").asString());
            assertEquals("degraded", health.at("/checks/model/status").asString());
            assertTrue(health.at("/checks/model/detail").asString().contains("cannot be connected to"));
            assertEquals(
                    "AGENT_SANDBOX is none", health.at("/checks/sandbox/detail").asString());
            assertEquals(200, served.as("nobody").get("/health/ready").status());
        }
    }

    @Test
    void nobodyIsLetInFromElsewhereBeforeThereIsAKey() {
        assertEquals(2, fettle.type("serve", "--host", "0.0.0.0", "--port", "0"));
        assertTrue(fettle.err.contains("Nobody has a key yet"), fettle.err);
        assertEquals(2, fettle.type("serve", "--roles", "worker"));
        assertTrue(fettle.err.contains("there is `fettle worker`"), fettle.err);
    }

    @Test
    void sigtermHandsTheRunOverAndEndsWell() throws Exception {
        Step silence = new Fault.Silence(Duration.ofMillis(1500), true, calls(call("write", WRITE)));
        Path log = directory.resolve("log");
        try (FakeModelServer model = FakeModelServer.script(silence, new Step.Answer(text("done")))) {
            fettle.withAnthropic(model);
            Process process = fettle.start(log, "serve", "--port", "0");
            Matcher url = awaited(log, Pattern.compile("(http://\\S+)"));
            Matcher key = awaited(log, Pattern.compile("(fk_\\w+)"));
            String run = new Remote(url.group(1), key.group(1)).run("{\"prompt\":\"write a file\"}");
            while (model.requests().isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            process.destroy();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue(), Files.readString(log));

            try (Served served = new Served(fettle)) {
                assertFalse(served.said().contains("fk_"), "a key is shown once");
                assertEquals(
                        "completed",
                        served.as(key.group(1))
                                .await(run, "completed")
                                .path("status")
                                .asString());
            }
        }
    }

    private static Matcher awaited(Path log, Pattern pattern) throws IOException, InterruptedException {
        while (true) {
            Matcher found = pattern.matcher(Files.exists(log) ? Files.readString(log) : "");
            if (found.find() && Files.readString(log).contains("is ready")) {
                found.reset(Files.readString(log));
                found.find();
                return found;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private record Remote(String url, String key) {
        String run(String body) throws IOException, InterruptedException {
            try (HttpClient http = HttpClient.newHttpClient()) {
                String answer = http.send(
                                HttpRequest.newBuilder(URI.create(url + "/api/v1/runs"))
                                        .header("X-API-Key", key)
                                        .header("Content-Type", "application/json")
                                        .POST(HttpRequest.BodyPublishers.ofString(body))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
                return JsonMapper.shared().readTree(answer).path("run_id").asString();
            }
        }
    }

    @Test
    void aProcessCanServeAPartAlone() throws Exception {
        try (Served served = new Served(fettle, "--services", "memory")) {
            Served.Client admin = served.asAdmin();
            assertEquals(
                    201,
                    admin.post("/api/v1/memory", "{\"text\":\"Tabs, not blanks\"}")
                            .status());
            assertEquals(
                    1, admin.get("/api/v1/memory?q=tabs").json().path("facts").size());
            assertEquals(404, admin.get("/api/v1/runs").status());
            assertEquals(200, admin.get("/health/ready").status());
            assertFalse(admin.get("/openapi.json").json().path("paths").has("/chat"));
        }
    }
}
