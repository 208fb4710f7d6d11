package dev.fettle.app;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.server.FakeModelServer;
import dev.fettle.testkit.server.Fault;
import dev.fettle.testkit.server.Recorded;
import dev.fettle.testkit.server.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a user sees of `fettle run`, with everything real but the model.
@Timeout(120)
class RunTest {
    private static final String EDIT = "{\"path\":\"greeting.txt\",\"edits\":[{\"old\":\"helo\",\"new\":\"hello\"}]}";

    @TempDir
    private Path directory = Path.of("");

    private Installation fettle;

    @BeforeEach
    void install() throws IOException {
        fettle = new Installation(directory);
        Files.writeString(fettle.project.resolve("greeting.txt"), "helo world\n");
    }

    @Test
    void mendsAFileThroughAnthropic() throws IOException {
        try (FakeModelServer server = FakeModelServer.answering(
                calls(call("read", "{\"path\":\"greeting.txt\"}")),
                calls(call("edit", EDIT)),
                calls(call("bash", "{\"command\":\"cat greeting.txt\"}")),
                text("Mended."))) {
            assertEquals(0, fettle.withAnthropic(server).type("run", "--yes", "mend the greeting"), fettle.err);
            assertEquals("Mended.\n", fettle.out);
            assertEquals("hello world\n", Files.readString(fettle.project.resolve("greeting.txt")));
            assertTrue(fettle.err.contains("  hello world"), fettle.err);
            assertEquals(
                    "key-for-tests",
                    server.requests().getFirst().header("x-api-key").orElseThrow());
        }
    }

    @Test
    void mendsAFileThroughOpenAiAndThroughAnyCompatibleServer() throws IOException {
        try (FakeModelServer server =
                FakeModelServer.answering(calls(call("edit", EDIT)), text("Mended."), text("Nothing to do."))) {
            assertEquals(0, fettle.withOpenAi(server).type("run", "mend the greeting"), fettle.err);
            assertEquals("hello world\n", Files.readString(fettle.project.resolve("greeting.txt")));
            assertEquals(0, fettle.withCompatible(server).type("run", "--output", "json", "again"), fettle.err);
            JsonNode result = JsonMapper.shared().readTree(fettle.out);
            assertEquals("compatible/qwen3-coder", result.path("model").asString());
            assertTrue(server.requests().getLast().header("authorization").isEmpty());
        }
    }

    @Test
    void eachProviderIsReachedByItsNameAndTheSessionGoesOnWithAnother() throws IOException {
        try (FakeModelServer server = FakeModelServer.deciding(request ->
                new Step.Answer(request.lastToolCalled().isEmpty() ? calls(call("edit", EDIT)) : text("Mended.")))) {
            fettle.environment.put("GOOGLE_API_KEY", "key-for-gemini");
            fettle.environment.put("GEMINI_BASE_URL", server.geminiBase().toString());
            fettle.environment.put("AZURE_OPENAI_API_KEY", "key-for-azure");
            fettle.environment.put("AZURE_OPENAI_BASE_URL", server.openAiBase().toString());
            fettle.environment.put("LMSTUDIO_BASE_URL", server.openAiBase().toString());

            assertEquals(0, fettle.type("run", "mend the greeting"), fettle.err);
            assertEquals("hello world\n", Files.readString(fettle.project.resolve("greeting.txt")));
            Recorded gemini = server.requests().getLast();
            assertEquals("/v1beta/models/gemini-3.8-flash:streamGenerateContent", gemini.path());
            assertEquals(Optional.of("key-for-gemini"), gemini.header("x-goog-api-key"));

            assertEquals(0, fettle.type("run", "-c", "--model", "azure/gpt-5", "--max-cost", "1", "and?"), fettle.err);
            Recorded azure = server.requests().getLast();
            assertEquals("/v1/responses", azure.path());
            assertEquals(Optional.of("key-for-azure"), azure.header("api-key"));

            fettle.environment.put("LLM_EFFORT", "high");
            assertEquals(0, fettle.type("run", "-c", "--model", "lmstudio/qwen/qwen3-coder", "and?"), fettle.err);
            Recorded local = server.requests().getLast();
            assertEquals("/v1/chat/completions", local.path());
            assertEquals("qwen/qwen3-coder", local.json().path("model").asString());
            assertEquals("high", local.json().path("reasoning_effort").asString());
            assertTrue(local.text().contains("Mended."), local.text());
        }
    }

    @Test
    void whatAProviderNeedsIsNamed() {
        fettle.environment.put("OPENROUTER_API_KEY", "key-for-tests");
        assertEquals(3, fettle.type("run", "go"));
        assertTrue(fettle.err.contains("No model is configured"), fettle.err);
        fettle.environment.put("AZURE_OPENAI_API_KEY", "key-for-tests");
        assertEquals(3, fettle.type("run", "--model", "azure/gpt-5", "go"));
        assertTrue(fettle.err.contains("AZURE_OPENAI_BASE_URL is not set"), fettle.err);
    }

    @Test
    void continuesASession() {
        try (FakeModelServer server = FakeModelServer.answering(text("one"), text("two"))) {
            fettle.withAnthropic(server);
            assertEquals(0, fettle.type("run", "first"));
            assertEquals(0, fettle.type("run", "--continue", "second"));
            byte[] before = server.requests().getFirst().body();
            String after = server.requests().getLast().text();
            assertTrue(after.startsWith(new String(before, 0, before.length - 2, StandardCharsets.UTF_8)));
            assertEquals(0, fettle.type("sessions", "list", "--json"));
            assertEquals(1, JsonMapper.shared().readTree(fettle.out).size());
        }
    }

    @Test
    void theFirstRequestIsSmall() {
        try (FakeModelServer server = FakeModelServer.answering(text("done"))) {
            fettle.withAnthropic(server).type("run", "go");
            int bytes = server.requests().getFirst().body().length;
            assertTrue(bytes <= 16 * 1024, "the first request has %d bytes".formatted(bytes));
        }
    }

    @Test
    void theShellOfTheAgentSeesNoKeys() {
        try (FakeModelServer server =
                FakeModelServer.answering(calls(call("bash", "{\"command\":\"env\"}")), text("done"))) {
            fettle.environment.put("AWS_SECRET_ACCESS_KEY", "also-secret");
            assertEquals(0, fettle.withAnthropic(server).type("run", "--yes", "go"));
            String told = server.requests().getLast().text();
            assertTrue(told.contains("TERM=dumb"), told);
            assertFalse(told.contains("key-for-tests"), told);
            assertFalse(told.contains("also-secret"), told);
        }
    }

    @Test
    void aWrongKeyIsAnAuthErrorThatNamesTheVariable() {
        try (FakeModelServer server = FakeModelServer.script(Fault.unauthorized())) {
            assertEquals(3, fettle.withAnthropic(server).type("run", "go"));
            assertTrue(fettle.err.contains("ANTHROPIC_API_KEY"), fettle.err);
            assertFalse(fettle.err.contains("key-for-tests"), fettle.err);
        }
    }

    @Test
    void aServerThatIsNotThereIsUnavailableAtOnce() {
        fettle.environment.put("LLM_BASE_URL", "http://127.0.0.1:1/v1");
        fettle.environment.put("LLM_MODEL", "any");
        assertEquals(4, fettle.type("run", "go"));
        assertTrue(fettle.err.contains("127.0.0.1:1"), fettle.err);
    }

    @Test
    void anAnswerThatBreaksOffIsSaidSoAndRepeated() {
        fettle.environment.put("LLM_RETRY_TIME", "60s");
        try (FakeModelServer server = FakeModelServer.script(
                new Fault.Cut(text("This will be cut off in the middle."), true), new Step.Answer(text("Whole.")))) {
            assertEquals(0, fettle.withAnthropic(server).type("run", "go"), fettle.err);
            assertEquals("Whole.\n", fettle.out);
            assertTrue(fettle.err.contains("the answer above does not count"), fettle.err);
            assertEquals(0, fettle.type("sessions", "export", "latest"), fettle.err);
            assertEquals(
                    1,
                    fettle.out
                            .lines()
                            .filter(line -> line.contains("\"assistant_said\""))
                            .count());
        }
    }

    @Test
    void aFallbackAnswersWhereTheModelIsUnavailable() throws IOException {
        try (FakeModelServer down = FakeModelServer.deciding(_ -> Fault.overloaded());
                FakeModelServer up = FakeModelServer.answering(calls(call("edit", EDIT)), text("Mended."))) {
            fettle.withAnthropic(down).withOpenAi(up);
            assertEquals(
                    0,
                    fettle.type("run", "-m", "anthropic/claude-sonnet-5-5", "--fallback", "openai/gpt-6.1-sol", "mend"),
                    fettle.err);
            assertEquals("hello world\n", Files.readString(fettle.project.resolve("greeting.txt")));
            assertTrue(fettle.err.contains("openai/gpt-6.1-sol answers instead"), fettle.err);
            assertEquals(1, down.requests().size());
            assertEquals(0, fettle.withOpenAi(up).type("sessions", "export", "latest"), fettle.err);
            assertTrue(fettle.out.contains("\"model\":\"openai/gpt-6.1-sol\""), fettle.out);
        }
    }

    @Test
    void aFallbackWithoutAKeyIsRefusedBeforeAnythingHappens() {
        try (FakeModelServer server = FakeModelServer.answering(text("never"))) {
            assertEquals(3, fettle.withAnthropic(server).type("run", "--fallback", "openai/gpt-6.1-sol", "go"));
            assertTrue(fettle.err.contains("OPENAI_API_KEY is not set"), fettle.err);
            assertEquals(0, server.requests().size());
        }
    }

    @Test
    void withoutAKeyTheRemedyIsNamed() {
        assertEquals(3, fettle.type("run", "go"));
        assertTrue(
                fettle.err.contains("Set ANTHROPIC_API_KEY, OPENAI_API_KEY, GEMINI_API_KEY or DEEPSEEK_API_KEY"),
                fettle.err);
        fettle.environment.put("LLM_MODEL", "openai/gpt-5");
        assertEquals(3, fettle.type("run", "go"));
        assertTrue(fettle.err.contains("OPENAI_API_KEY is not set"), fettle.err);
        fettle.environment.put("LLM_MODEL", "opnai/gpt-5");
        assertEquals(2, fettle.type("run", "go"));
        assertTrue(fettle.err.contains("there are anthropic, openai, gemini, deepseek"), fettle.err);
        fettle.environment.put("LLM_MODEL", "gpt-fife");
        assertEquals(2, fettle.type("run", "go"));
        assertTrue(fettle.err.contains("No provider is known for the model `gpt-fife`"), fettle.err);
        fettle.environment.remove("LLM_MODEL");
        fettle.environment.put("LLM_BASE_URL", "http://127.0.0.1:1/v1");
        assertEquals(2, fettle.type("run", "go"));
        assertTrue(fettle.err.contains("LLM_MODEL is not"), fettle.err);
    }

    @Test
    void aCostLimitNeedsAPrice() {
        try (FakeModelServer server = FakeModelServer.answering(text("never asked"))) {
            assertEquals(2, fettle.withCompatible(server).type("run", "--max-cost", "1", "go"));
            assertTrue(fettle.err.contains("use --max-tokens"), fettle.err);
            assertEquals(List.of(), server.requests());
        }
    }

    @Test
    void readOnlyRefusesChangesAndCommands() throws IOException {
        try (FakeModelServer server = FakeModelServer.answering(
                calls(call("edit", EDIT), call("bash", "{\"command\":\"rm greeting.txt\"}")), text("Could not."))) {
            assertEquals(0, fettle.withAnthropic(server).type("run", "--yes", "--read-only", "go"));
            assertEquals("helo world\n", Files.readString(fettle.project.resolve("greeting.txt")));
            assertTrue(fettle.err.contains("read-only"), fettle.err);
        }
    }

    @Test
    void aWorkspaceThatIsNoDirectoryIsAUsageError() {
        try (FakeModelServer server = FakeModelServer.answering(text("never asked"))) {
            assertEquals(2, fettle.withAnthropic(server).type("run", "-C", "nowhere", "go"));
            assertTrue(fettle.err.contains("nowhere"), fettle.err);
        }
    }

    @Test
    void worksInAnEmptyDirectoryThatIsNoRepository() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        try (FakeModelServer server = FakeModelServer.answering(
                calls(call("ls", "{}"), call("glob", "{\"pattern\":\"**\"}"), call("grep", "{\"pattern\":\"x\"}")),
                text("It is empty."))) {
            assertEquals(0, fettle.withAnthropic(server).type("run", "-C", empty.toString(), "look"), fettle.err);
            assertTrue(server.requests().getFirst().text().contains("not a git repository"));
        }
    }

    @Test
    void aDamagedSessionDatabaseIsKeptAndCanBeRepaired() throws IOException {
        Path database = fettle.home.resolve("sessions.db");
        Files.writeString(database, "this is no database, but somebody may want it back");
        try (FakeModelServer server = FakeModelServer.answering(text("done"))) {
            assertEquals(1, fettle.withAnthropic(server).type("run", "go"));
            assertTrue(fettle.err.contains("fettle sessions repair"), fettle.err);
            assertEquals("this is no database, but somebody may want it back", Files.readString(database));
            assertEquals(List.of(), server.requests());
            assertEquals(0, fettle.type("sessions", "repair"), fettle.err);
            assertTrue(fettle.out.startsWith("Salvaged 0 session(s)"), fettle.out);
            assertEquals(0, fettle.type("run", "go"), fettle.err);
        }
    }

    @Test
    void theDemoTurnsRedIntoGreen() throws IOException {
        assertEquals(0, fettle.type("demo"), fettle.err);
        int red = fettle.err.indexOf("FAIL  tenPercentOffIsRoundedToTheCent");
        int green = fettle.err.indexOf("all tests passed");
        assertTrue(red > 0 && green > red, fettle.err);
        assertTrue(fettle.err.contains("-        return cents / 100 * percent;"), fettle.err);
        assertTrue(fettle.err.contains("recording"), fettle.err);
        assertFalse(fettle.err.contains("✗"), fettle.err);
        Path project = Path.of(fettle.err
                .lines()
                .filter(line -> line.startsWith("Fettle demo in "))
                .findFirst()
                .orElseThrow()
                .substring("Fettle demo in ".length()));
        assertTrue(Files.readString(project.resolve("src/main/java/shop/Discount.java"))
                .contains("(cents * percent + 50) / 100"));
    }

    @Test
    void noSecretReachesARequestOrAFileThatFettleWrites() throws IOException {
        String own = "sk-ant-api03-Zq8Lr2Vx9Kd4Tb7Wm3Ps6Hc1Yg5Jf0Na";
        String ofTheApp = "Vx93kLq7PzT2mWd8RbYc";
        String token = "ghp_q7Zr2Lx9Kd4Vb8Tn3Wm6Hs1Pc5Yg0Jf2Ra8E";
        Files.writeString(fettle.project.resolve(".env"), "DB_PASSWORD=" + ofTheApp + "\n");
        Files.writeString(fettle.project.resolve("notes.txt"), "the token is " + token + "\n");
        try (FakeModelServer server = FakeModelServer.answering(
                calls(
                        call(
                                "bash",
                                "{\"command\":\"cat .env notes.txt; git init -q . && git add -A && git -c user.name=a -c user.email=a@b commit -qm x; git show\"}")),
                calls(call("read", "{\"path\":\".env\"}"), call("grep", "{\"pattern\":\"token|PASSWORD\"}")),
                text("done"))) {
            fettle.withAnthropic(server);
            fettle.environment.put("ANTHROPIC_API_KEY", own);
            assertEquals(0, fettle.type("run", "--yes", "my key is " + own + ", what is here?"), fettle.err);
            assertTrue(server.requests().getLast().text().contains("\u27e8secret:github#1\u27e9"));
            StringBuilder written = new StringBuilder(fettle.out);
            server.requests().forEach(request -> written.append(request.text()));
            try (Stream<Path> files = Files.walk(fettle.home)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    written.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
            for (String secret : List.of(own, ofTheApp, token)) {
                assertFalse(written.indexOf(secret) >= 0, "found " + secret);
            }
        }
    }
}
