package dev.fettle.bench.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long the first word of an answer takes from the model to the client, while many answers begin at about the same
/// time.
///
/// @param p50 in milliseconds, as the others
/// @param missed clients that did not hear it
record FirstWord(double p50, double p90, double p99, int heard, int missed) {
    private static final Pattern RUN = Pattern.compile("\"run_id\":\"(run_[0-9a-f]+)\"");
    private static final Pattern SAID = Pattern.compile("\"offset\":0,\"text\":\"(\\d+) ");

    /// Has so many clients at a time order a run each and listen to it, several times over.
    static FirstWord of(Server server, int streams, int rounds) throws InterruptedException {
        ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        for (int round = 0; round < rounds; round++) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < streams; i++) {
                threads.add(Thread.ofVirtual().start(() -> {
                    try {
                        listen(server, nanos);
                    } catch (IOException e) {
                        // Counted as missed.
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return new FirstWord(
                percentile(sorted, 0.5),
                percentile(sorted, 0.9),
                percentile(sorted, 0.99),
                sorted.length,
                streams * rounds - sorted.length);
    }

    private static double percentile(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) (sorted.length * share)] / 1e6;
    }

    private static void listen(Server server, ConcurrentLinkedQueue<Long> nanos) throws IOException {
        String run;
        try (Connection connection = new Connection(server.port())) {
            byte[] order = Connection.request("POST", "/api/v1/runs", server.key(), "{\"prompt\":\"go\"}");
            Matcher id = RUN.matcher(connection.exchange(order).body());
            if (!id.find()) {
                throw new IOException("No run");
            }
            run = id.group(1);
        }
        boolean isHeard = false;
        try (EventStream stream = new EventStream(server, "/api/v1/runs/" + run + "/events")) {
            EventStream.Told told = stream.next();
            while (!told.name().equals("run_ended")) {
                long now = System.nanoTime();
                Matcher said = SAID.matcher(told.data());
                if (!isHeard && told.name().equals("delta") && said.find()) {
                    nanos.add(now - Long.parseLong(said.group(1)));
                    isHeard = true;
                }
                told = stream.next();
            }
        }
    }
}
