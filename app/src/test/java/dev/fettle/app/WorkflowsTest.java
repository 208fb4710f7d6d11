package dev.fettle.app;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.server.FakeModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Workflows with everything real but the model: what checks a report runs here.
@Timeout(120)
class WorkflowsTest {
    private static final String BROKEN = "{\"path\":\"hi.sh\",\"content\":\"if true; then\\necho hi\\n\"}";
    private static final String RIGHT = "{\"path\":\"hi.sh\",\"content\":\"echo hi\\n\"}";
    private static final String EMPTIED = "{\"path\":\"hi.sh\",\"content\":\"echo hi # again\\nfi\\n\"}";

    @TempDir
    private Path directory = Path.of("");

    private Installation fettle;

    @BeforeEach
    void install() {
        fettle = new Installation(directory);
    }

    @Test
    void codeThatFailsItsCheckIsMendedAndThenKept() throws IOException {
        try (FakeModelServer server = FakeModelServer.answering(
                calls(call("write", BROKEN)),
                calls(call("report", report("[\"bash hi.sh\"]"))),
                calls(call("write", RIGHT)),
                calls(call("report", report("[\"bash hi.sh\"]"))))) {
            int exit = fettle.withAnthropic(server)
                    .type("generate", "--yes", "--language", "bash", "greet", "-o", "out/greet.sh", "--into", "fresh");

            assertEquals(0, exit, fettle.err);
            assertEquals("echo hi\n", Files.readString(fettle.project.resolve("out/greet.sh")));
            assertEquals("echo hi\n", Files.readString(fettle.project.resolve("fresh/hi.sh")));
            assertEquals("", fettle.out);
            assertTrue(server.requests().get(2).text().contains("Not accepted: this failed."), fettle.err);
        }
    }

    @Test
    void standardOutputHasTheCodeAloneOrTheStages() {
        try (FakeModelServer server = FakeModelServer.answering(
                calls(call("write", RIGHT)),
                calls(call("report", report("[]"))),
                calls(call("write", RIGHT)),
                calls(call("report", report("[]"))))) {
            fettle.withAnthropic(server);
            assertEquals(0, fettle.type("generate", "--yes", "greet", "-o", "-", "--into", "one"), fettle.err);
            assertEquals("echo hi\n", fettle.out);

            assertEquals(0, fettle.type("generate", "--yes", "--json", "greet", "--into", "two"), fettle.err);
            JsonNode result = JsonMapper.shared().readTree(fettle.out);
            assertEquals("greet", result.at("/data/requirement").asString());
            assertTrue(result.at("/data/validation/passed").asBoolean(), fettle.out);
        }
    }

    @Test
    void whatStillFailsAfterTheRoundsOfRepairIsAFailureThatKeepsTheFiles() throws IOException {
        try (FakeModelServer server = FakeModelServer.answering(
                calls(call("write", BROKEN)),
                calls(call("report", report("[]"))),
                calls(call("write", EMPTIED)),
                calls(call("report", report("[]"))),
                calls(call("write", BROKEN)),
                calls(call("report", report("[]"))),
                calls(call("write", EMPTIED)),
                calls(call("report", report("[]"))))) {
            int exit = fettle.withAnthropic(server)
                    .type("generate", "--yes", "greet", "-o", "greet.sh", "--into", "fresh");

            assertEquals(1, exit, fettle.err);
            assertTrue(fettle.err.contains("still failed its validation after 3 rounds of repair"), fettle.err);
            assertFalse(Files.exists(fettle.project.resolve("greet.sh")));
            assertTrue(Files.exists(fettle.project.resolve("fresh/hi.sh")));
        }
    }

    @Test
    void aRequestIsSortedIfThatIsWanted() {
        try (FakeModelServer server = FakeModelServer.answering(
                text("""
                        {"workflow": "understand", "task": "explain", "languages": [], "tools": []}"""), calls(call("report", """
                                {"summary": "A greeting.", "semantics": "greets", "parts": [], "explanation": "It says hi."}""")), text("no classification"), text("Done."))) {
            fettle.withAnthropic(server);
            assertEquals(0, fettle.type("run", "--classify", "what is this?"), fettle.err);
            assertEquals("A greeting.\n", fettle.out);
            assertTrue(fettle.err.contains("workflow understand: explain"), fettle.err);

            fettle.environment.put("AGENT_CLASSIFY", "true");
            assertEquals(0, fettle.type("run", "hm"), fettle.err);
            assertTrue(fettle.err.contains("goes on as a general task"), fettle.err);
        }
    }

    @Test
    void theServiceGivesTheStagesOfWhatItsWorkerDid() throws Exception {
        try (FakeModelServer model = FakeModelServer.answering(
                        calls(call("write", RIGHT.replace("hi.sh", "hi.txt"))),
                        calls(call("report", report("[]").replace("hi.sh", "hi.txt"))));
                Served served = new Served(fettle.withAnthropic(model))) {
            Served.Reply reply = served.asAdmin().post("/api/v1/generate", "{\"prompt\":\"greet\"}");

            assertEquals(200, reply.status(), reply.response().body());
            JsonNode data = reply.json().path("data");
            assertEquals("Greets.", reply.text("response"));
            assertEquals("greet", data.path("requirement").asString());
            assertEquals("echo hi\n", data.at("/code/full_code").asString());
            assertEquals(
                    "Nothing here can check hi.txt (bash).",
                    data.at("/validation/note").asString());
            assertTrue(data.path("accepted").asBoolean());
            assertEquals(
                    List.of(), data.at("/validation/commands").values().stream().toList());
            JsonNode run = served.asAdmin()
                    .get("/api/v1/runs/" + data.path("run_id").asString())
                    .json();
            assertEquals("greet", run.at("/result/report/requirement").asString());
        }
    }

    @Test
    void aRunMayBeOrderedForAWorkflow() throws Exception {
        try (FakeModelServer model = FakeModelServer.answering(calls(call("report", """
                                {"summary": "A greeting.", "semantics": "greets", "parts": [], "explanation": "It says hi."}""")));
                Served served = new Served(fettle.withAnthropic(model))) {
            Served.Client admin = served.asAdmin();
            Served.Reply refused = admin.post("/api/v1/runs", "{\"prompt\":\"x\",\"workflow\":\"juggle\"}");
            assertEquals(422, refused.status());
            assertTrue(
                    refused.response().body().contains("generate, understand, debug"),
                    refused.response().body());

            Served.Reply reply = admin.post("/api/v1/runs", "{\"prompt\":\"what is it?\",\"workflow\":\"understand\"}");
            assertEquals(202, reply.status(), reply.response().body());
            JsonNode run = admin.await(reply.text("run_id"), "completed");
            assertEquals("A greeting.", run.at("/result/text").asString());
            assertEquals("It says hi.", run.at("/result/report/explanation").asString());
        }
    }

    @Test
    void theServiceParsesTheCodeThatItHasExplained() throws Exception {
        try (FakeModelServer model = FakeModelServer.answering(calls(call("report", """
                                {"summary": "A sum.", "semantics": "adds", "parts": [], "explanation": "It adds."}""")));
                Served served = new Served(fettle.withAnthropic(model))) {
            Served.Reply reply = served.asAdmin()
                    .post(
                            "/api/v1/understand",
                            "{\"code\":\"def total(prices):\\n    return sum(prices)\\n\",\"language\":\"python\"}");

            assertEquals(200, reply.status(), reply.response().body());
            assertEquals("It adds.", reply.json().at("/data/explanation").asString());
            String asked = model.requests().getFirst().text();
            assertTrue(asked.contains("Facts found by parsing"), asked);
            assertTrue(asked.contains("def total(prices)"), asked);
        }
    }

    @Test
    void aRunAtTheTerminalMayHaveAWorkflow() {
        try (FakeModelServer server = FakeModelServer.answering(calls(call("report", """
                                {"summary": "A greeting.", "semantics": "greets", "parts": [], "explanation": "It says hi."}""")), text("Done."))) {
            fettle.withAnthropic(server);
            assertEquals(0, fettle.type("run", "--workflow", "understand", "what is this?"), fettle.err);
            assertEquals("A greeting.\n", fettle.out);
            assertEquals(2, fettle.type("run", "--workflow", "juggle", "what is this?"));
            assertTrue(fettle.err.contains("GENERATE, UNDERSTAND, DEBUG"), fettle.err);
        }
    }

    private static String report(String checks) {
        return """
                {"summary": "Greets.", "requirement": "greet", "architecture": "one script", "language": "bash",
                 "files": ["hi.sh"], "checks": %s}""".formatted(checks);
    }
}
