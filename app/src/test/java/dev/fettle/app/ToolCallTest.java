package dev.fettle.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tools called over HTTP, with no model configured at all.
@Timeout(60)
class ToolCallTest {
    private static final String TOOLS = "/api/v1/tools/";

    @TempDir
    private Path directory = Path.of("");

    private Installation fettle;

    @BeforeEach
    void install() {
        fettle = new Installation(directory);
        fettle.environment.put("AGENT_SANDBOX", "none");
    }

    @Test
    void callsOfASessionAreCarriedOutInItsWorkspaceAndLogged() throws Exception {
        try (Served served = new Served(fettle)) {
            Served.Client ann = served.asNew("ann");
            Served.Reply written =
                    ann.post(TOOLS + "write", "{\"arguments\":{\"path\":\"a.txt\",\"content\":\"hello\"}}");
            assertEquals(200, written.status(), written.response().body());
            assertTrue(written.json().path("success").asBoolean());
            assertEquals("ok", written.text("outcome"));
            String session = written.text("session_id");
            assertEquals(
                    "hello",
                    Files.readString(
                            fettle.home.resolve("workspaces").resolve(session).resolve("a.txt")));

            String in = "{\"session_id\":\"%s\",\"arguments\":{\"path\":\"%s\"}}";
            Served.Reply read = ann.post(TOOLS + "read", in.formatted(session, "a.txt"));
            assertTrue(read.text("result").contains("hello"), read.response().body());
            Served.Reply missing = ann.post(TOOLS + "read", in.formatted(session, "b.txt"));
            assertEquals(200, missing.status());
            assertEquals(
                    "false error completed",
                    "%s %s %s"
                            .formatted(
                                    missing.json().path("success").asBoolean(),
                                    missing.text("outcome"),
                                    missing.text("status")));

            List<String> names = ann.events("/api/v1/runs/" + read.text("run_id") + "/events").stream()
                    .map(Served.Told::name)
                    .toList();
            assertTrue(names.containsAll(List.of("user_said", "tool_started", "tool_finished")), names.toString());
            assertEquals(
                    404,
                    served.asNew("bob")
                            .post(TOOLS + "read", in.formatted(session, "a.txt"))
                            .status());
        }
    }

    @Test
    void aCallIsAskedAboutLikeThatOfAModelAndMadeOnce() throws Exception {
        try (Served served = new Served(fettle)) {
            Served.Client admin = served.asAdmin();
            String echo = "{\"arguments\":{\"command\":\"echo yes >> said\"}%s}";
            Served.Reply asked = admin.post(TOOLS + "bash", echo.formatted(""), "Idempotency-Key", "once");
            assertEquals(202, asked.status(), asked.response().body());
            assertEquals("waiting", asked.text("status"));
            String run = asked.text("run_id");
            assertEquals(
                    run,
                    admin.post(TOOLS + "bash", echo.formatted(""), "Idempotency-Key", "once")
                            .text("run_id"));
            assertEquals(200, admin.post("/api/v1/runs/" + run + "/approve", "").status());
            admin.await(run, "completed");

            String session = asked.text("session_id");
            String more = ",\"approve\":true,\"session_id\":\"%s\"".formatted(session);
            assertTrue(admin.post(TOOLS + "bash", echo.formatted(more))
                    .json()
                    .path("success")
                    .asBoolean());
            assertEquals(
                    "yes\nyes\n",
                    admin.get("/api/v1/sessions/" + session + "/files/said")
                            .response()
                            .body());
        }
    }

    @Test
    void whatCannotBeCalledIsRefusedBeforeAnythingIsQueued() throws Exception {
        try (Served served = new Served(fettle, "--services", "tools")) {
            Served.Client admin = served.asAdmin();
            assertEquals(404, admin.post(TOOLS + "raed", "{}").status());
            for (String arguments : List.of(
                    "{\"pth\":\"a.txt\"}",
                    "[]",
                    "{}",
                    "{\"path\":\"sk-ant-api03-%s\"}".formatted("aB3dE5gH7jK9mN1pQ3sT5vW7yZ".repeat(4)))) {
                Served.Reply refused = admin.post(TOOLS + "read", "{\"arguments\":%s}".formatted(arguments));
                assertEquals(422, refused.status(), refused.response().body());
                assertEquals(
                        "/arguments", refused.json().at("/errors/0/pointer").asString());
            }
            assertEquals(
                    "`read` has no argument `pth`; did you mean `path`?",
                    admin.post(TOOLS + "read", "{\"arguments\":{\"pth\":\"a.txt\"}}")
                            .json()
                            .at("/errors/0/detail")
                            .asString()
                            .replaceFirst("\\? .*", "?"));
            assertEquals(404, admin.get("/api/v1/runs").status());
        }
    }
}
