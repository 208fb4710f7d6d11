package dev.fettle.telemetry.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fettle.core.feed.LocalNotices;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.monitor.Gauge;
import dev.fettle.core.monitor.Occurrence;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.Status;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import dev.fettle.testkit.MemoryRunQueue;
import dev.fettle.testkit.MemorySessionStore;
import dev.fettle.testkit.SettableClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PrometheusMetricsTest {
    private final PrometheusMetrics metrics = new PrometheusMetrics("1.2.3", Set.of("test/m"), Set.of("bash"));

    private void everythingHappens() {
        metrics.tell(new Occurrence.Served(
                "GET", "/api/v1/runs/{id}", 200, Duration.ofMillis(30), Optional.of("running"), false));
        metrics.tell(new Occurrence.Served("GET", "/events", 200, Duration.ofHours(3), Optional.empty(), true));
        metrics.tell(new Occurrence.Served("BREW", "-", 405, Duration.ofMillis(1), Optional.empty(), false));
        metrics.tell(new Occurrence.Requested("chat", "completed", Duration.ofMillis(400)));
        metrics.tell(new Occurrence.TurnTaken(Optional.of(Duration.ofMillis(20))));
        metrics.tell(new Occurrence.TurnTaken(Optional.empty()));
        metrics.tell(new Occurrence.TurnLeft());
        metrics.tell(new Occurrence.ModelAnswered(
                "test/m", new Usage(100, 20, 3, 40, 5), Money.of("0.25"), Duration.ofSeconds(3)));
        metrics.tell(new Occurrence.ModelFailed("anybody/s-invention", ModelException.Kind.RATE_LIMITED));
        metrics.tell(new Occurrence.ToolAnswered("bash", ToolResult.Kind.OK, true, Duration.ofSeconds(2)));
        metrics.tell(new Occurrence.ToolAnswered("raed", ToolResult.Kind.ERROR, false, Duration.ZERO));
        metrics.tell(new Occurrence.CacheAsked(true));
        metrics.tell(new Occurrence.CacheAsked(false));
        metrics.tell(new Occurrence.TurnEnded(Status.COMPLETED, Duration.ofSeconds(6)));
    }

    /// The samples of a metric, without their buckets.
    private List<String> samples(String name) {
        return metrics.text()
                .lines()
                .filter(line -> line.matches(name + "(_sum|_count)?[ {].*"))
                .toList();
    }

    @Test
    void countsUnderTheNamesThatDashboardsAskFor() {
        everythingHappens();

        assertEquals(
                List.of(
                        "http_requests_total{endpoint=\"-\",method=\"other\",status=\"405\"} 1.0",
                        "http_requests_total{endpoint=\"/api/v1/runs/{id}\",method=\"GET\",status=\"200\"} 1.0",
                        "http_requests_total{endpoint=\"/events\",method=\"GET\",status=\"200\"} 1.0"),
                samples("http_requests_total").stream().sorted().toList());
        assertEquals(
                List.of("http_request_duration_seconds_count 2", "http_request_duration_seconds_sum 0.031"),
                samples("http_request_duration_seconds"));
        assertEquals(
                List.of("agent_requests_total{status=\"completed\",type=\"chat\"} 1.0"),
                samples("agent_requests_total"));
        assertEquals(
                List.of(
                        "agent_request_duration_seconds_count{type=\"chat\"} 1",
                        "agent_request_duration_seconds_sum{type=\"chat\"} 0.4"),
                samples("agent_request_duration_seconds"));
        assertEquals(List.of("agent_active_sessions 1.0"), samples("agent_active_sessions"));
        assertTrue(samples("agent_runs_total").contains("agent_runs_total{status=\"completed\"} 1.0"));
        assertTrue(samples("agent_runs_total").contains("agent_runs_total{status=\"failed\"} 0.0"));
        assertEquals(
                List.of("agent_duration_seconds_count 1", "agent_duration_seconds_sum 6.0"),
                samples("agent_duration_seconds"));
        assertEquals(List.of("agent_llm_calls_total 1.0"), samples("agent_llm_calls_total"));
        assertEquals(List.of("agent_tokens_total 163.0"), samples("agent_tokens_total"));
        assertEquals(List.of("agent_cost_total 0.25"), samples("agent_cost_total"));
        assertEquals(List.of("agent_cache_hits_total 1.0"), samples("agent_cache_hits_total"));
        assertEquals(List.of("agent_cache_misses_total 1.0"), samples("agent_cache_misses_total"));
        assertEquals(
                List.of("agent_tool_calls_total{tool=\"bash\"} 1.0", "agent_tool_calls_total{tool=\"other\"} 1.0"),
                samples("agent_tool_calls_total"));
    }

    @Test
    void aStageIsTimedForEachPartOfARun() {
        everythingHappens();
        assertEquals(
                List.of(
                        "agent_stage_duration_seconds_count{stage=\"model\"} 1",
                        "agent_stage_duration_seconds_sum{stage=\"model\"} 3.0",
                        "agent_stage_duration_seconds_count{stage=\"queue\"} 1",
                        "agent_stage_duration_seconds_sum{stage=\"queue\"} 0.02",
                        "agent_stage_duration_seconds_count{stage=\"tool\"} 1",
                        "agent_stage_duration_seconds_sum{stage=\"tool\"} 2.0"),
                samples("agent_stage_duration_seconds"));
    }

    @Test
    void whatAnybodyMayInventIsCountedAsOther() {
        everythingHappens();
        assertEquals(
                List.of("fettle_model_failures_total{kind=\"rate_limited\",model=\"other\"} 1.0"),
                samples("fettle_model_failures_total"));
        assertFalse(metrics.text().contains("invention"));
        assertFalse(metrics.text().contains("raed"));
        assertFalse(metrics.text().contains("BREW"));
    }

    @Test
    void tellsOfTheProcessBesides() {
        String text = metrics.text();
        for (String name : List.of(
                "fettle_build_info{version=\"1.2.3\"} 1",
                "jvm_memory_used_bytes{area=\"heap\"}",
                "jvm_gc_collection_seconds_count",
                "jvm_threads_current",
                "process_cpu_seconds_total")) {
            assertTrue(text.contains(name), name);
        }
    }

    @Test
    void whatCannotBeReadHidesNothingElse() {
        metrics.show(new Gauge("fettle_broken", "Cannot be read.", "", () -> {
            throw new SessionException(SessionException.Kind.AWAY, "away");
        }));
        metrics.show(Gauge.of("fettle_lost_total", "Lost.", () -> 3));
        metrics.show(new Gauge("fettle_shares", "By kind.", "kind", () -> Map.of("a", 1.0)));
        assertEquals(List.of(), samples("fettle_broken"));
        assertEquals(List.of("fettle_lost_total 3.0"), samples("fettle_lost_total"));
        assertEquals(List.of("fettle_shares{kind=\"a\"} 1.0"), samples("fettle_shares"));
    }

    @Test
    void theQueueIsShownAsLongAsTheDatabaseAnswers() {
        SettableClock clock = new SettableClock();
        new QueueWatch(new MemoryRunQueue(new MemorySessionStore(clock), clock, new LocalNotices()))
                .gauges()
                .forEach(metrics::show);
        assertEquals(
                List.of(
                        "fettle_queue_runs{state=\"queued\"} 0.0",
                        "fettle_queue_runs{state=\"ready\"} 0.0",
                        "fettle_queue_runs{state=\"running\"} 0.0",
                        "fettle_queue_runs{state=\"waiting\"} 0.0"),
                samples("fettle_queue_runs"));
        assertEquals(List.of("fettle_database_up 1.0"), samples("fettle_database_up"));
    }

    @Test
    void promtoolHasNothingToSay() throws Exception {
        assumeTrue(isInstalled(), "promtool is not installed (Debian: prometheus), so the form is not checked");
        everythingHappens();
        SettableClock clock = new SettableClock();
        new QueueWatch(new MemoryRunQueue(new MemorySessionStore(clock), clock, new LocalNotices()))
                .gauges()
                .forEach(metrics::show);
        Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                .redirectErrorStream(true)
                .start();
        try (OutputStream in = promtool.getOutputStream()) {
            in.write(metrics.text().getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(promtool.waitFor(30, TimeUnit.SECONDS));
        assertEquals("", said);
        assertEquals(0, promtool.exitValue());
    }

    @Test
    void thePageForOperatorsNamesEveryMetricOfOurs() throws IOException {
        everythingHappens();
        String page = Files.readString(Path.of("../docs/operations.md"));
        Set<String> names = metrics.text()
                .lines()
                .filter(line -> line.matches("# TYPE (agent|http|fettle)_.*"))
                .map(line -> line.split(" ", 4)[2])
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(names.size() >= 15, names.toString());
        assertEquals(
                List.of(),
                names.stream().filter(name -> !page.contains("`" + name)).toList());
    }

    private static boolean isInstalled() {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool")));
    }
}
