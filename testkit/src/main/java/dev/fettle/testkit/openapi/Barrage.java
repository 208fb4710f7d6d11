package dev.fettle.testkit.openapi;

import dev.fettle.testkit.openapi.ApiDescription.Answer;
import dev.fettle.testkit.openapi.ApiDescription.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Sends requests made from an API's description to every operation of a running server, sound ones and
/// spoilt ones, and holds each answer to the description: its status, its content type, its schema. The
/// same seed makes the same requests of the same answers.
public final class Barrage {
    private static final int MOST_FAILURES = 10;
    private static final int MOST_SHOWN = 1_000;
    private static final Set<Integer> NEVER_FOR_SOUND = Set.of(400, 413, 415);

    private final URI server;
    private final String key;
    private final ApiDescription api;
    private final long seed;
    private final Pool pool;
    private final Requests requests;
    private final Map<String, String> always = new TreeMap<>();
    private final Set<String> without = new HashSet<>();
    private final Map<String, Map<Integer, Integer>> statuses = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();

    /// Aimed at a server.
    ///
    /// @param key opens everything
    public Barrage(URI server, String key, ApiDescription api, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        this.server = server;
        this.key = key;
        this.api = api;
        this.seed = seed;
        this.pool = new Pool(random);
        this.requests = new Requests(api, new Values(api, pool, random), random);
    }

    /// A value that means something to the server where the description asks for this format.
    public Barrage knowing(String format, String value) {
        pool.add(format, value);
        return this;
    }

    /// An id that is never sent: the barrage's own user, or key.
    public Barrage sparing(String id) {
        pool.spare(id);
        return this;
    }

    /// A header of all requests to operations that describe it.
    public Barrage always(String header, String value) {
        always.put(header, value);
        return this;
    }

    /// Leaves an operation alone.
    public Barrage without(String operation) {
        without.add(operation);
        return this;
    }

    /// What there was.
    ///
    /// @param statuses how often each operation answered with which status
    /// @param failures what was not as described, with the request and the seed
    public record Report(Map<String, Map<Integer, Integer>> statuses, List<String> failures) {
        /// Operations that never did what they are for.
        public List<String> neverDone() {
            return statuses.entrySet().stream()
                    .filter(each -> each.getValue().keySet().stream().noneMatch(status -> status < 300))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    /// Sends a sound and a spoilt request to each operation, round after round.
    ///
    /// @param before done before each request
    public Report fire(int rounds, Runnable before) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int round = 0; round < rounds && failures.size() < MOST_FAILURES; round++) {
                for (Operation operation : operations()) {
                    before.run();
                    send(http, operation, requests.sound(operation));
                    before.run();
                    send(http, operation, requests.spoilt(operation));
                }
            }
        }
        return new Report(statuses, failures);
    }

    private List<Operation> operations() {
        return api.operations().stream()
                .filter(each -> !without.contains(each.id()))
                .toList();
    }

    private void send(HttpClient http, Operation operation, Requests.Made made)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                http.send(request(operation, made), HttpResponse.BodyHandlers.ofInputStream());
        String type = response.headers().firstValue("Content-Type").orElse("");
        // A stream may have no end.
        String body;
        try (InputStream in = response.body()) {
            body = type.equals("text/event-stream") ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        statuses.computeIfAbsent(operation.id(), _ -> new TreeMap<>()).merge(response.statusCode(), 1, Integer::sum);
        List<String> complaints =
                new ArrayList<>(api.complaints(operation, new Answer(response.statusCode(), type, body)));
        if (made.isSound() && NEVER_FOR_SOUND.contains(response.statusCode())) {
            complaints.add("a sound request is refused");
        }
        if (response.statusCode() < 300) {
            pool.learn(body);
        }
        if (!complaints.isEmpty()) {
            failures.add("seed %d, %s: %s\n  answered %d %s %s"
                    .formatted(
                            seed,
                            shortened(made.toString()),
                            complaints,
                            response.statusCode(),
                            type,
                            shortened(body)));
        }
    }

    private HttpRequest request(Operation operation, Requests.Made made) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(made.target()))
                .header("X-API-Key", key)
                .method(
                        made.method(),
                        made.body()
                                .map(HttpRequest.BodyPublishers::ofString)
                                .orElseGet(HttpRequest.BodyPublishers::noBody));
        made.headers().forEach(request::setHeader);
        operation
                .node()
                .path("parameters")
                .forEach(each -> Optional.ofNullable(
                                always.get(each.path("name").asString()))
                        .ifPresent(value -> request.setHeader(each.path("name").asString(), value)));
        return request.build();
    }

    private static String shortened(String text) {
        return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
    }
}
