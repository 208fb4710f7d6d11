package dev.fettle.bench.http;

import dev.fettle.bench.faults.StepModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.logging.LogManager;

/// What `fettle serve` bears on SQLite: server, model and clients are three processes on one machine, and every answer
/// is in the log before it is given.
public final class Http {
    private static final List<Integer> CONNECTIONS = List.of(1, 8, 64, 256);
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration TIME = Duration.ofSeconds(6);

    private final Path program;
    private final Path directory;
    private final AtomicLong numbers = new AtomicLong();

    private Http(Path program) throws Exception {
        this.program = program;
        this.directory = Files.createTempDirectory("fettle-http-");
    }

    /// Measures and prints.
    ///
    /// @param arguments the package's directory; then `load` or `streams`, if it is not to be both
    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        Http http = new Http(Path.of(arguments[0]).toAbsolutePath());
        List<String> wanted = List.of(arguments).subList(1, arguments.length);
        if (wanted.isEmpty() || wanted.contains("load")) {
            http.load();
        }
        if (wanted.isEmpty() || wanted.contains("streams")) {
            new Streams(http.program, http.directory).all();
        }
        System.exit(0);
    }

    private void load() throws Exception {
        System.out.printf(
                "%d processors, Java %s; %d s each%n%n",
                Runtime.getRuntime().availableProcessors(), Runtime.version(), TIME.toSeconds());
        long begun = System.nanoTime();
        Server server = started(Duration.ZERO);
        System.out.printf(
                "ready after %.2f s, %.2f s of CPU, %.0f MB resident%n%n",
                (System.nanoTime() - begun) / 1e9, server.cpu().toMillis() / 1e3, server.resident());
        System.out.printf(
                "%-28s %12s %10s %10s %10s %14s %8s%n",
                "what", "connections", "a second", "p50 ms", "p99 ms", "CPU ms each", "not 200");
        Server immediate = server;
        measure(server, "GET /health/live", _ -> Connection.request("GET", "/health/live", immediate.key(), ""));
        measure(server, "POST /chat", number -> chat(immediate, number));
        byte[] again = chat(immediate, 0);
        measure(server, "POST /chat, asked again", _ -> again);
        System.out.printf("%.0f MB resident%n", server.resident());
        server.stop();
        Server slow = started(Duration.ofMillis(50));
        measure(slow, "POST /chat, model 50 ms", number -> chat(slow, number));
        System.out.printf("%.0f MB resident%n", slow.resident());
        slow.stop();
    }

    private static byte[] chat(Server server, long number) {
        return Connection.request("POST", "/chat", server.key(), "{\"message\":\"key-%d\"}".formatted(number));
    }

    private void measure(Server server, String what, LongFunction<byte[]> request) throws Exception {
        Load.of(server, CONNECTIONS.getLast(), WARM_UP, numbers, request);
        for (int connections : CONNECTIONS) {
            Load load = Load.of(server, connections, TIME, numbers, request);
            System.out.printf(
                    "%-28s %12d %10.0f %10.1f %10.1f %14.2f %8d%n",
                    what, connections, load.perSecond(), load.p50(), load.p99(), load.cpu(), load.others());
        }
    }

    private Server started(Duration delay) throws Exception {
        StepModel model = StepModel.start(1, delay, "");
        Map<String, String> environment = Map.of(
                "LLM_MODEL", "anthropic/claude-sonnet-5-5",
                "ANTHROPIC_API_KEY", "not-a-key",
                "ANTHROPIC_BASE_URL", model.address(),
                "LLM_CONCURRENCY", "256",
                "WORKER_RUNS", "256",
                "RUNS_PER_USER", "256",
                "RUNS_IN_ALL", "256",
                "RATE_PER_USER", "1000000",
                "RATE_PER_IP", "1000000",
                "CHAT_CACHE", "1h");
        return Server.start(program, directory.resolve("server-" + System.nanoTime()), environment);
    }
}
