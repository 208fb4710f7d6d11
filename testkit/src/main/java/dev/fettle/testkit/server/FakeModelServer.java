package dev.fettle.testkit.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fettle.core.model.ModelResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A model API on loopback, in real HTTP and real event streams: Anthropic's Messages at `/v1/messages`, OpenAI's
/// Chat Completions at `/v1/chat/completions` and Responses at `/v1/responses`, and Gemini's `generateContent`
/// below `/v1beta/models`; where it was told what texts mean, OpenAI's `/v1/embeddings` and Gemini's
/// `batchEmbedContents` too. It does step by step what it was told, remembers what it
/// was sent, and refuses (400) what the real APIs would refuse, above all reasoning that does not come back as
/// it was given.
public final class FakeModelServer implements AutoCloseable {
    static {
        // The JDK's server would otherwise hold back small pieces for up to 40 ms (Nagle's algorithm).
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final Function<Recorded, Step> decide;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Recorded> requests = new ArrayList<>();
    private final GivenReasoning given = new GivenReasoning();
    private volatile boolean isLean;
    private volatile Optional<Function<String, float[]>> meanings = Optional.empty();

    private FakeModelServer(Function<Recorded, Step> decide) {
        this.decide = decide;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /// A server that gives these answers, in order.
    public static FakeModelServer answering(ModelResponse... answers) {
        return script(Stream.of(answers).map(Step.Answer::new).toArray(Step[]::new));
    }

    /// A server that does these steps, in order. After the last it is overloaded.
    public static FakeModelServer script(Step... steps) {
        Iterator<Step> script = List.of(steps).iterator();
        Step ended =
                Fault.refusal(529, "overloaded_error", "", "The script ended after %d steps".formatted(steps.length));
        return new FakeModelServer(_ -> {
            synchronized (script) {
                return script.hasNext() ? script.next() : ended;
            }
        });
    }

    /// A server that decides by the request, on several threads.
    public static FakeModelServer deciding(Function<Recorded, Step> decide) {
        return new FakeModelServer(decide);
    }

    /// The same server, keeping no bodies and checking nothing: for benchmarks.
    public FakeModelServer lean() {
        isLean = true;
        return this;
    }

    /// The same server, which also answers what texts mean: a vector for each.
    public FakeModelServer meaning(Function<String, float[]> vectors) {
        meanings = Optional.of(vectors);
        return this;
    }

    /// What stands before `/v1/messages`.
    public URI anthropicBase() {
        return URI.create("http://" + hostAndPort());
    }

    /// What stands before `/models/…:streamGenerateContent`.
    public URI geminiBase() {
        return URI.create("http://" + hostAndPort() + "/v1beta");
    }

    /// What stands before `/chat/completions` and `/responses`.
    public URI openAiBase() {
        return URI.create("http://" + hostAndPort() + "/v1");
    }

    public String hostAndPort() {
        return "%s:%d"
                .formatted(
                        server.getAddress().getAddress().getHostAddress(),
                        server.getAddress().getPort());
    }

    /// Everything received, in the order of arrival.
    public List<Recorded> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        Recorded request = received(exchange);
        if (meanings.isPresent() && request.path().matches("/v1/embeddings|/v1beta/models/[^/:]+:batchEmbedContents")) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            send(exchange, 200, meant(request.json(), meanings.get()).toString());
            return;
        }
        Optional<WireFormat> known = WireFormat.of(request.path());
        if (known.isEmpty()) {
            refuse(exchange, 404, "{\"error\":{\"message\":\"no such path: %s\"}}".formatted(request.path()), Map.of());
            return;
        }
        WireFormat format = known.get();
        Optional<String> objection = isLean ? Optional.empty() : objection(format, request);
        if (objection.isPresent()) {
            String body = format.errorBody(400, "invalid_request_error", "", objection.get());
            refuse(exchange, 400, body, Map.of());
            return;
        }
        Step step = decide.apply(request);
        if (!isLean && step instanceof Step.Answer answer) {
            given.remember(request, answer.response());
        }
        if (isLean) {
            request.forgetBody();
        }
        perform(exchange, request, format, step);
    }

    /// In OpenAI's words or in Gemini's, as was asked; OpenAI does not promise an order, and here comes the last first.
    private static JsonNode meant(JsonNode asked, Function<String, float[]> vectors) {
        ObjectNode answer = WireFormat.JSON.createObjectNode();
        JsonNode input = asked.path("input");
        for (int i = input.size() - 1; i >= 0; i--) {
            answer.withArray("data")
                    .addObject()
                    .put("index", i)
                    .set(
                            "embedding",
                            WireFormat.JSON.valueToTree(
                                    vectors.apply(input.path(i).asString())));
        }
        if (!input.isEmpty()) {
            answer.putObject("usage").put("prompt_tokens", 7 * input.size());
        }
        for (JsonNode each : asked.path("requests")) {
            String text =
                    each.path("content").path("parts").path(0).path("text").asString();
            answer.withArray("embeddings").addObject().set("values", WireFormat.JSON.valueToTree(vectors.apply(text)));
        }
        return answer;
    }

    private Recorded received(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        Recorded request = new Recorded(exchange.getRequestURI(), headers, body, System.nanoTime());
        synchronized (requests) {
            requests.add(request);
        }
        return request;
    }

    private Optional<String> objection(WireFormat format, Recorded request) {
        try {
            return format.objection(request).or(() -> given.objection(request));
        } catch (JacksonException e) {
            return Optional.of("The body is not JSON: " + e.getMessage());
        }
    }

    private void perform(HttpExchange exchange, Recorded request, WireFormat format, Step step) throws IOException {
        switch (step) {
            case Step.Answer answer -> {
                List<WireFormat.Event> events = format.events(answer.response());
                stream(exchange, request, events, events.size(), Duration.ZERO);
            }
            case Step.Paced paced -> {
                try (OutputStream out = begin(exchange)) {
                    for (WireFormat.Event event : format.events(paced.response())) {
                        write(out, List.of(event));
                        silent(paced.pause());
                    }
                    request.answered();
                }
            }
            case Fault.Refusal refusal ->
                refuse(
                        exchange,
                        refusal.status(),
                        format.errorBody(refusal.status(), refusal.type(), refusal.code(), refusal.message()),
                        refusal.headers());
            case Fault.Silence silence -> {
                List<WireFormat.Event> events = format.events(silence.then());
                if (silence.midStream()) {
                    stream(exchange, request, events, events.size() / 2, silence.time());
                } else {
                    silent(silence.time());
                    stream(exchange, request, events, events.size(), Duration.ZERO);
                }
            }
            case Fault.Cut cut -> {
                List<WireFormat.Event> events = format.events(cut.begun());
                events = events.subList(0, events.size() / 2);
                if (cut.politely()) {
                    stream(exchange, request, events, events.size(), Duration.ZERO);
                } else {
                    write(begin(exchange), events);
                    throw new IOException("cut on purpose");
                }
            }
            case Fault.Garbage _ ->
                stream(
                        exchange,
                        request,
                        List.of(new WireFormat.Event("message", "<<< not JSON >>>")),
                        1,
                        Duration.ZERO);
            case Fault.WebPage _ -> {
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                send(exchange, 200, "<html><body>It works!</body></html>");
            }
            case Fault.ErrorEvent error -> {
                List<WireFormat.Event> events = format.events(error.begun());
                events = new ArrayList<>(events.subList(0, events.size() / 2));
                events.add(format.errorEvent(error.type(), error.message()));
                stream(exchange, request, events, events.size(), Duration.ZERO);
            }
        }
    }

    private static OutputStream begin(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    private void stream(
            HttpExchange exchange, Recorded request, List<WireFormat.Event> events, int pauseAfter, Duration pause)
            throws IOException {
        try (OutputStream out = begin(exchange)) {
            write(out, events.subList(0, pauseAfter));
            if (!pause.isZero()) {
                silent(pause);
            }
            write(out, events.subList(pauseAfter, events.size()));
            request.answered();
        }
    }

    private static void write(OutputStream out, List<WireFormat.Event> events) throws IOException {
        for (WireFormat.Event event : events) {
            out.write(event.text().getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private void silent(Duration time) throws IOException {
        try {
            if (closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException("closed while silent");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void refuse(HttpExchange exchange, int status, String body, Map<String, String> headers)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        headers.forEach(exchange.getResponseHeaders()::set);
        send(exchange, status, body);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
