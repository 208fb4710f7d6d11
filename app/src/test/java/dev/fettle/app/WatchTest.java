package dev.fettle.app;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.server.FakeModelServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What processes show of themselves to those who watch them.
@Timeout(120)
class WatchTest {
    private static final Pattern METRICS = Pattern.compile("(http://\\S+)/metrics");
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @TempDir
    private Path directory = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();
    private Installation fettle;
    private Path log;

    @BeforeEach
    void install() {
        fettle = new Installation(directory);
        fettle.environment.put("LOG_LEVEL", "info");
        fettle.environment.put("METRICS_PORT", "0");
        log = directory.resolve("log");
    }

    @AfterEach
    void close() {
        http.close();
    }

    private HttpResponse<String> get(String url, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        return http.send(
                (headers.length == 0 ? request : request.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String ready(Pattern pattern) throws IOException, InterruptedException {
        while (true) {
            String said = Files.exists(log) ? Files.readString(log) : "";
            Matcher found = pattern.matcher(said);
            if (said.contains("is ready") && found.find()) {
                return found.group(1);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private void stop(Process process) throws InterruptedException, IOException {
        process.destroy();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), Files.readString(log));
    }

    @Test
    void aRequestIsFollowedThroughItsRunAndBothAreCounted() throws Exception {
        String write = "{\"path\":\"a.txt\",\"content\":\"hello\"}";
        try (FakeModelServer model = FakeModelServer.answering(calls(call("write", write)), text("done"))) {
            fettle.withAnthropic(model);
            Process process = fettle.start(log, "serve", "--port", "0");
            String open = ready(METRICS);
            String url = ready(Pattern.compile("(?m)^(http://\\S+)$"));
            String key = ready(Pattern.compile("(fk_\\w+)"));
            HttpResponse<String> chat = http.send(
                    HttpRequest.newBuilder(URI.create(url + "/chat"))
                            .headers("X-API-Key", key, "Content-Type", "application/json")
                            .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"message\":\"write a file\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(200, chat.statusCode(), chat.body());

            assertEquals(401, get(url + "/metrics").statusCode());
            String metrics = get(url + "/metrics", "X-API-Key", key).body();
            for (String line : List.of(
                    "agent_requests_total{status=\"completed\",type=\"chat\"} 1.0",
                    "agent_runs_total{status=\"completed\"} 1.0",
                    "agent_llm_calls_total 2.0",
                    "agent_tool_calls_total{tool=\"write\"} 1.0",
                    "agent_active_sessions 0.0",
                    "http_requests_total{endpoint=\"/chat\",method=\"POST\",status=\"200\"} 1.0",
                    "fettle_queue_runs{state=\"running\"} 0.0",
                    "fettle_event_streams 0.0")) {
                assertTrue(metrics.contains("\n" + line + "\n"), line + " is not in\n" + metrics);
            }
            assertTrue(get(open + "/metrics").body().contains("agent_llm_calls_total 2.0"));
            assertEquals(200, get(open + "/health/ready").statusCode());
            assertEquals(404, get(open + "/api/v1/stats").statusCode());
            JsonNode stats = JsonMapper.shared()
                    .readTree(get(url + "/api/v1/stats", "X-API-Key", key).body());
            assertEquals(1, stats.at("/performance/by_status/completed").asInt(), stats.toString());
            assertEquals(1, stats.at("/performance/tools/write").asInt(), stats.toString());
            assertEquals(2, stats.at("/performance/llm_calls").asInt(), stats.toString());
            stop(process);
        }
        List<JsonNode> lines = lines();
        List<String> traced = lines.stream()
                .filter(line -> line.path("trace_id").asString("").equals(TRACE))
                .map(line -> line.path("logger").asString())
                .toList();
        assertTrue(traced.contains("dev.fettle.server.access"), lines.toString());
        assertTrue(traced.contains("dev.fettle.store.run.RunTask"), lines.toString());
        JsonNode access = lines.stream()
                .filter(line -> line.path("route").asString("").equals("/chat"))
                .findFirst()
                .orElseThrow();
        assertTrue(access.path("run_id").asString().startsWith("run_"), access.toString());
        assertTrue(access.path("user").asString().startsWith("usr_"), access.toString());
        assertFalse(Files.readString(log).contains("key-for-tests"));
    }

    /// The log, which but for the greetings has only lines of JSON.
    private List<JsonNode> lines() throws IOException {
        return Files.readString(log)
                .lines()
                .filter(line -> !line.startsWith("http://")
                        && !line.startsWith("Metrics: http://")
                        && !line.startsWith("The key of the first administrator"))
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }

    @Test
    void workersAndSchedulersAreWatchedToo() throws Exception {
        for (String role : List.of("worker", "scheduler")) {
            Files.deleteIfExists(log);
            Process process = fettle.start(log, role);
            String open = ready(METRICS);
            assertEquals(200, get(open + "/health/live").statusCode());
            assertEquals(200, get(open + "/health/ready").statusCode());
            String places = role.equals("worker") ? "4.0" : "0.0";
            assertTrue(get(open + "/metrics").body().contains("\nfettle_worker_places " + places + "\n"));
            stop(process);
            assertFalse(lines().isEmpty());
        }
    }

    @Test
    void aLogIsAFileOrForPeopleWhereThatIsWanted() throws Exception {
        Path file = directory.resolve("fettle.log");
        fettle.environment.put("LOG_FILE", file.toString());
        stop(started("scheduler"));
        assertTrue(Files.readString(file).contains("\"message\":\"Scheduler "), Files.readString(file));

        fettle.environment.remove("LOG_FILE");
        fettle.environment.put("LOG_FORMAT", "text");
        stop(started("scheduler"));
        assertTrue(Files.readString(log)
                .matches("(?s).* is ready in \\d+ ms: database \\d+ ms, queue \\d+ ms; Ctrl-C stops it\\..*"));
        assertFalse(Files.readString(log).contains("{"));
    }

    private Process started(String role) throws IOException, InterruptedException {
        Files.deleteIfExists(log);
        Process process = fettle.start(log, role);
        String url = "";
        while (url.isEmpty()) {
            Matcher found = METRICS.matcher(Files.exists(log) ? Files.readString(log) : "");
            url = found.find() ? found.group(1) : "";
            TimeUnit.MILLISECONDS.sleep(20);
        }
        while (get(url + "/health/ready").statusCode() != 200) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return process;
    }
}
