package dev.fettle.bench.http;

import dev.fettle.bench.faults.StepModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// What it takes to tell many clients what happens, and to keep what nobody asks for.
final class Streams {
    private static final int LISTENERS = 50;
    private static final int ROUNDS = 10;
    private static final int MANY = 1_000;
    private static final int SESSIONS = 10;
    /// Each has four events; those around the turn come on top.
    private static final int STEPS = 25;

    private static final int WARM_UP = 1_000;
    private static final int IDLE = 2_000;

    private final Path program;
    private final Path directory;

    Streams(Path program, Path directory) {
        this.program = program;
        this.directory = directory;
    }

    void all() throws Exception {
        try (TimedModel model = TimedModel.start()) {
            Server server = started(model.address());
            FirstWord.of(server, LISTENERS, 3);
            FirstWord told = FirstWord.of(server, LISTENERS, ROUNDS);
            System.out.printf(
                    "%d streams: the first word is there %.1f ms after the model said it, p90 %.1f ms, p99 %.1f ms (%d heard, %d missed)%n",
                    LISTENERS, told.p50(), told.p90(), told.p99(), told.heard(), told.missed());
            server.stop();
        }
        StepModel model = StepModel.start(STEPS, Duration.ZERO, "");
        Server server = started(model.address());
        for (String what : new String[] {"cold", "warm"}) {
            ManyStreams many = ManyStreams.of(server, MANY, SESSIONS);
            System.out.printf(
                    "%d streams, %s: open after %.1f s; %d events told in %.1f s with %.1f s of CPU; %d complete and in order; %.0f MB resident%n",
                    MANY,
                    what,
                    many.opening(),
                    many.events(),
                    many.seconds(),
                    many.cpu(),
                    many.complete(),
                    server.resident());
        }
        server.stop();
        idle(model);
        model.stop();
    }

    private void idle(StepModel model) throws Exception {
        Server server = started(model.address());
        create(server, WARM_UP);
        double before = server.live();
        create(server, IDLE);
        double after = server.live();
        System.out.printf(
                "%d idle sessions: %.2f MB in use, %.2f MB before: %.2f KB each; %.0f MB resident%n",
                IDLE, after, before, (after - before) * 1024 / IDLE, server.resident());
        server.stop();
    }

    private static void create(Server server, int count) throws IOException {
        byte[] request = Connection.request("POST", "/chat/sessions", server.key(), "{}");
        try (Connection connection = new Connection(server.port())) {
            for (int i = 0; i < count; i++) {
                int status = connection.exchange(request).status();
                if (status != 201) {
                    throw new IOException("A session is refused: " + status);
                }
            }
        }
    }

    private Server started(String model) throws Exception {
        return Server.start(
                program,
                directory.resolve("streams-" + System.nanoTime()),
                Map.of(
                        "LLM_MODEL", "anthropic/claude-sonnet-5-5",
                        "ANTHROPIC_API_KEY", "not-a-key",
                        "ANTHROPIC_BASE_URL", model,
                        "WORKER_RUNS", "64",
                        "RUNS_PER_USER", "256",
                        "RUNS_IN_ALL", "256",
                        "STREAMS_PER_USER", "2000",
                        "RATE_PER_USER", "1000000",
                        "RATE_PER_IP", "1000000"));
    }
}
