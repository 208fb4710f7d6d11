package dev.fettle.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunState;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.RunId;
import dev.fettle.core.session.Status;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.user.Role;
import dev.fettle.core.workspace.kept.KeptWorkspace.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class WorkspaceApiTest {
    private static final String WORKSPACES = "/api/v1/workspaces";
    private static final String GIT = "{\"git\":{\"url\":\"https://github.com/a/b\",\"ref\":\"main\",\"depth\":1}}";

    @TempDir
    private Path root = Path.of("");

    private Office office;
    private Office.Client ann;
    private Office.Client bob;

    @BeforeEach
    void open() throws IOException {
        office = new Office(root, Duration.ofMillis(100));
        ann = office.user("ann", Role.USER);
        bob = office.user("bob", Role.USER);
    }

    @AfterEach
    void close() {
        office.close();
    }

    private Run ordered(Office.Client client, String body) {
        Office.Reply reply = client.post("/api/v1/runs", body);
        assertEquals(202, reply.status(), reply.body());
        return office.runs.find(new RunId(reply.text("run_id"))).orElseThrow();
    }

    private static String in(String workspace) {
        return "{\"prompt\":\"x\",\"workspace\":\"%s\"}".formatted(workspace);
    }

    private static String made(Office.Reply reply) {
        assertEquals(201, reply.status(), reply.body());
        return reply.text("workspace_id");
    }

    @Test
    void oneIsMadeShownWorkedInAndRemoved() throws IOException {
        Office.Reply reply = ann.post(WORKSPACES, "{\"name\":\"shop\"}");
        String id = made(reply);
        assertEquals(WORKSPACES + "/" + id, reply.header("Location").orElseThrow());
        JsonNode shown = ann.get(WORKSPACES + "/" + id).json();
        assertEquals("shop", shown.path("name").asString());
        assertEquals("ready", shown.path("status").asString());
        assertEquals("nothing", shown.path("source").path("type").asString());
        assertEquals(12, shown.path("bytes").asInt());

        Run run = ordered(ann, in(id));
        assertEquals(
                root.toRealPath().resolve(id).toString(),
                run.request().settings().get("WORK_DIR"));
        assertEquals(id, ann.get("/api/v1/sessions/" + run.session()).text("workspace"));
        Office.Reply busy = ann.send("DELETE", WORKSPACES + "/" + id, "");
        assertEquals(409, busy.status());
        assertTrue(busy.body().contains(run.id().value()), busy.body());

        office.runs.put(run.id(), new RunState.Ended(Status.COMPLETED, ""));
        assertEquals(204, ann.send("DELETE", WORKSPACES + "/" + id, "").status());
        assertEquals(404, ann.get(WORKSPACES + "/" + id).status());
        assertEquals(List.of("workspace.delete"), office.desk.noted);
        made(ann.send("POST", WORKSPACES, ""));
    }

    @Test
    void anothersIsWhatDoesNotExist() {
        String id = made(ann.post(WORKSPACES, "{}"));
        String none = "ws_" + "0".repeat(32);
        for (String each : List.of(id, none)) {
            assertEquals(404, bob.get(WORKSPACES + "/" + each).status());
            assertEquals(404, bob.send("DELETE", WORKSPACES + "/" + each, "").status());
            assertEquals(404, bob.post("/api/v1/runs", in(each)).status());
        }
        assertEquals(
                bob.get(WORKSPACES + "/" + none).text("detail"),
                bob.get(WORKSPACES + "/" + id).text("detail"));
        assertEquals(0, bob.get(WORKSPACES).json().path("workspaces").size());
        assertEquals(1, ann.get(WORKSPACES).json().path("workspaces").size());
        assertEquals(
                1,
                office.user("root", Role.ADMIN)
                        .get(WORKSPACES)
                        .json()
                        .path("workspaces")
                        .size());
        assertEquals(404, ann.get(WORKSPACES + "/shop").status());
    }

    @Test
    void theListHasPages() {
        String first = made(ann.post(WORKSPACES, "{}"));
        String second = made(ann.post(WORKSPACES, "{}"));
        JsonNode page = ann.get(WORKSPACES + "?limit=1").json();
        assertEquals(
                second, page.path("workspaces").path(0).path("workspace_id").asString());
        JsonNode next = ann.get(WORKSPACES + "?limit=1&cursor="
                        + page.path("next_cursor").asString())
                .json();
        assertEquals(first, next.path("workspaces").path(0).path("workspace_id").asString());
    }

    @Test
    void anArchiveIsSentAsItIs() throws IOException {
        String content = "PK" + "x".repeat(3 << 20);
        String id = made(ann.upload(WORKSPACES + "?name=shop", "application/zip", content));
        assertEquals(content, Files.readString(root.resolve(id).resolve("archive")));
        JsonNode shown = ann.get(WORKSPACES + "/" + id).json();
        assertEquals("shop", shown.path("name").asString());
        assertEquals("zip", shown.path("source").path("format").asString());

        Office.Reply bad = ann.upload(WORKSPACES, "application/gzip", "bad");
        assertEquals(422, bad.status());
        assertEquals("The entry `../x` leads out of the workspace.", bad.text("detail"));
        assertEquals(415, ann.upload(WORKSPACES, "application/pdf", "x").status());
        assertEquals(
                400,
                ann.upload(WORKSPACES + "?name=" + "x".repeat(201), "application/zip", "x")
                        .status());
        assertEquals(415, ann.upload("/api/v1/runs", "application/zip", "x").status());
    }

    @Test
    void anArchiveSentTwiceIsUnpackedOnce() {
        String[] key = {"Idempotency-Key", "k1"};
        String id = made(ann.upload(WORKSPACES, "application/zip", "PK1", key));
        Office.Reply again = ann.upload(WORKSPACES, "application/zip", "PK1", key);
        assertEquals(id, made(again));
        assertEquals("true", again.header("Idempotent-Replayed").orElseThrow());
        assertEquals(422, ann.upload(WORKSPACES, "application/zip", "PK12", key).status());
        assertEquals(1, ann.get(WORKSPACES).json().path("workspaces").size());
    }

    @Test
    void aRepositoryIsWaitedForAWhile() {
        JsonNode ready = ann.post(WORKSPACES, GIT).json();
        assertEquals("ready", ready.path("status").asString());
        assertEquals("main", ready.path("source").path("ref").asString());

        office.yard.nextFetch(new State.Preparing(Instant.MAX));
        Office.Reply slow = ann.post(WORKSPACES, GIT);
        assertEquals(202, slow.status());
        assertEquals("preparing", slow.text("status"));
        assertEquals(202, ann.post(WORKSPACES, GIT, "Prefer", "respond-async").status());
        Run run = ordered(ann, in(slow.text("workspace_id")));
        assertEquals(
                409, ann.get("/api/v1/sessions/" + run.session() + "/files").status());

        office.yard.nextFetch(new State.Failed("There is no such branch."));
        Office.Reply failed = ann.post(WORKSPACES, GIT);
        assertEquals(422, failed.status());
        assertEquals("There is no such branch.", failed.text("detail"));
        assertEquals(3, ann.get(WORKSPACES).json().path("workspaces").size());

        String late = slow.text("workspace_id");
        office.yard.settle(late, new State.Failed("There is no such branch."));
        assertEquals(
                "There is no such branch.", ann.get(WORKSPACES + "/" + late).text("reason"));
        assertEquals(409, ann.post("/api/v1/runs", in(late)).status());
        assertEquals(
                422, ann.post(WORKSPACES, "{\"git\":{\"url\":\"file:///etc\"}}").status());
    }

    @Test
    void aRunNamesARepository() {
        office.yard.nextFetch(new State.Preparing(Instant.MAX));
        String order = "{\"prompt\":\"x\"," + GIT.substring(1);
        Run run = ordered(ann, order);
        String id = ann.get("/api/v1/sessions/" + run.session()).text("workspace");
        assertEquals("preparing", ann.get(WORKSPACES + "/" + id).text("status"));
        assertTrue(run.request().settings().getOrDefault("WORK_DIR", "").endsWith(id));

        for (String more : List.of("\"workspace\":\"shop\"", "\"session_id\":\"%s\"".formatted(run.session()))) {
            Office.Reply both = ann.post("/api/v1/runs", "{" + more + "," + order.substring(1));
            assertEquals(422, both.status());
            assertEquals(
                    "/git", both.json().path("errors").path(0).path("pointer").asString());
        }
        office.isFull();
        assertEquals(429, ann.post("/api/v1/runs", order).status());
        assertEquals(1, ann.get(WORKSPACES).json().path("workspaces").size());
    }

    @Test
    void withoutRoomNothingBegins() {
        office.yard.isFull();
        for (Office.Reply reply : List.of(
                ann.post(WORKSPACES, "{}"),
                ann.post("/api/v1/runs", "{\"prompt\":\"x\"}"),
                ann.post(WORKSPACES, GIT))) {
            assertEquals(507, reply.status());
            assertEquals("Insufficient Storage", reply.text("title"));
        }
        assertEquals(List.of(), office.sessions.list());
    }

    @Test
    void filesAreListedAndSavedButNeverShown() throws IOException {
        Run run = ordered(ann, "{\"prompt\":\"x\"}");
        Path tree = Files.createDirectories(root.resolve(run.session().value()));
        Files.createDirectory(tree.resolve("src"));
        Files.writeString(tree.resolve("src/\u00fc \"1\".html"), "<script>");
        String files = "/api/v1/sessions/" + run.session() + "/files";

        JsonNode list = ann.get(files + "?path=src/").json();
        assertEquals(
                "src/\u00fc \"1\".html", list.path("files").path(0).path("path").asString());
        assertEquals("file", list.path("files").path(0).path("kind").asString());
        assertTrue(list.path("complete").asBoolean());
        Office.Reply file = ann.get(files + "/src/%C3%BC%20%221%22.html");
        assertEquals("<script>", file.body());
        assertEquals("application/octet-stream", file.header("Content-Type").orElseThrow());
        assertEquals("nosniff", file.header("X-Content-Type-Options").orElseThrow());
        assertEquals(
                "attachment; filename=\"___1_.html\"; filename*=UTF-8''%C3%BC%20%221%22.html",
                file.header("Content-Disposition").orElseThrow());
        assertEquals(
                200, ann.send("HEAD", files + "/src/%C3%BC%20%221%22.html", "").status());

        assertEquals("<script>", ann.get(files + "/src%2F%C3%BC%20%221%22.html").body());
        for (String none : List.of(
                "/nothing",
                "/src",
                "/src/%2e%2e/x",
                "/../secret",
                "/src%2Fa",
                "/src%2F..%2Fx",
                "/src%2F%2Fa",
                "/%2Fetc%2Fpasswd",
                "/",
                "//etc/passwd")) {
            assertEquals(404, ann.get(files + none).status(), none);
        }
        assertEquals(404, ann.get(files + "?path=nothing").status());
        assertEquals(400, ann.get(files + "?path=../..").status());
        assertEquals(400, ann.get(files + "?path=/etc").status());
        for (String path : List.of("/files", "/files/src", "/archive")) {
            assertEquals(
                    404, bob.get("/api/v1/sessions/" + run.session() + path).status(), path);
        }
    }

    @Test
    void anArchiveIsGivenInTheWantedForm() {
        Run run = ordered(ann, "{\"prompt\":\"x\"}");
        String archive = "/api/v1/sessions/" + run.session() + "/archive";
        Office.Reply zip = ann.get(archive);
        assertEquals("begun ZIP", zip.body());
        assertEquals("application/zip", zip.header("Content-Type").orElseThrow());
        assertEquals("begun TAR_GZ", ann.get(archive + "?format=tar.gz").body());
        assertEquals(400, ann.get(archive + "?format=rar").status());
    }

    @Test
    void anAnswerThatCannotBeFinishedIsNotTakenForWhole() {
        Run run = ordered(ann, "{\"prompt\":\"x\"}");
        office.shed.isBroken();
        assertThrows(AssertionError.class, () -> ann.get("/api/v1/sessions/" + run.session() + "/archive"));
    }

    @Test
    void whatARunChangedIsAPatch() {
        Run run = ordered(ann, "{\"prompt\":\"x\"}");
        String diff = "/api/v1/runs/" + run.id() + "/diff";
        assertEquals(409, ann.get(diff).status());
        office.changes.begin(run, root);
        office.changes.end(run, root);
        office.runs.put(run.id(), new RunState.Ended(Status.COMPLETED, ""));

        Office.Reply patch = ann.get(diff);
        assertEquals("the patch\n", patch.body());
        assertEquals("text/x-diff", patch.header("Content-Type").orElseThrow());
        assertEquals(404, bob.get(diff).status());

        Run other = ordered(ann, "{\"prompt\":\"x\"}");
        office.runs.put(other.id(), new RunState.Ended(Status.FAILED, ""));
        String nothing = "/api/v1/runs/" + other.id() + "/diff";
        assertEquals("", ann.get(nothing).body());
        try (EventLog log = office.sessions.open(other.session())) {
            log.append(new Event.UserSaid("x", List.of(), Optional.of(other.id())));
            log.append(new Event.ToolStarted("1", "bash", Effect.UNSAFE));
        }
        assertEquals(404, ann.get(nothing).status());
    }

    @Test
    void aTreeThatCannotBeKeptCostsARunNothingButItsDiff() {
        Run run = ordered(ann, "{\"prompt\":\"x\"}");
        office.shed.isBroken();
        office.changes.begin(run, root);
        office.changes.end(run, root);
        assertEquals(Optional.empty(), office.changes.of(run));
        assertFalse(run.hasEnded());
    }
}
