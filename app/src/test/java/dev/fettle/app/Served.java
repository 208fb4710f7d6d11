package dev.fettle.app;

import dev.fettle.app.wiring.Program;
import dev.fettle.cli.FettleCommand;
import dev.fettle.cli.render.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A `fettle serve` in this process, on a free port, and clients of it.
final class Served implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("http://\\S+");
    private static final Pattern KEY = Pattern.compile("fk_\\w+");

    final HttpClient http = HttpClient.newHttpClient();
    final String url;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Thread serving;

    Served(Installation fettle, String... flags) throws InterruptedException {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Console console = new Console(InputStream.nullInputStream(), stream, stream, false, false, false, false);
        List<String> line = new ArrayList<>(List.of("serve", "--port", "0"));
        line.addAll(Arrays.asList(flags));
        serving = Thread.ofPlatform().start(() -> {
            try (Program program = new Program(fettle.project, fettle.environment)) {
                FettleCommand.execute(program, console, line.toArray(String[]::new));
            }
        });
        while (!said().contains("is ready") && serving.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        Matcher found = URL.matcher(said());
        if (!found.find()) {
            throw new AssertionError(said());
        }
        url = found.group();
    }

    String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /// The first administrator's, as it was printed.
    String key() {
        Matcher found = KEY.matcher(said());
        if (!found.find()) {
            throw new AssertionError(said());
        }
        return found.group();
    }

    Client as(String key) {
        return new Client(key);
    }

    Client asAdmin() {
        return as(key());
    }

    /// A new user with a key.
    Client asNew(String name) {
        asAdmin().post("/api/v1/users", "{\"name\":\"%s\"}".formatted(name));
        String secret = asAdmin()
                .post("/api/v1/keys", "{\"label\":\"test\",\"user\":\"%s\"}".formatted(name))
                .json()
                .path("secret")
                .asString();
        return as(secret);
    }

    record Reply(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(response.body());
        }

        String text(String field) {
            return json().path(field).asString();
        }
    }

    /// An event as it came.
    record Told(String id, String name, JsonNode data) {}

    final class Client {
        private final String key;

        Client(String key) {
            this.key = key;
        }

        String key() {
            return key;
        }

        private HttpRequest.Builder request(String path, String... headers) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + key);
            return headers.length == 0 ? request : request.headers(headers);
        }

        Reply get(String path) {
            return send(request(path).build());
        }

        Reply delete(String path) {
            return send(request(path).DELETE().build());
        }

        Reply post(String path, String body, String... headers) {
            return method("POST", path, body, headers);
        }

        Reply method(String method, String path, String body, String... headers) {
            HttpRequest.Builder request = request(path, headers);
            if (!body.isEmpty()) {
                request.header("Content-Type", "application/json");
            }
            return send(request.method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build());
        }

        Reply upload(String path, String type, HttpRequest.BodyPublisher body) {
            return send(request(path, "Content-Type", type).POST(body).build());
        }

        private Reply send(HttpRequest request) {
            try {
                return new Reply(http.send(request, HttpResponse.BodyHandlers.ofString()));
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        /// All events to the end of the stream, which must come.
        List<Told> events(String path, String... headers) throws IOException, InterruptedException {
            try (Stream<String> lines = http.send(request(path, headers).build(), HttpResponse.BodyHandlers.ofLines())
                    .body()) {
                return told(lines.toList());
            }
        }

        /// The run as it is when it has one of these states.
        JsonNode await(String run, String... states) throws InterruptedException {
            while (true) {
                JsonNode now = get("/api/v1/runs/" + run).json();
                if (List.of(states).contains(now.path("status").asString())) {
                    return now;
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    private static List<Told> told(List<String> lines) {
        List<Told> events = new ArrayList<>();
        String id = "";
        String name = "";
        for (String line : lines) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                events.add(new Told(id, name, JsonMapper.shared().readTree(line.substring(6))));
                id = "";
            }
        }
        return events;
    }

    /// As Ctrl-C does.
    @Override
    public void close() {
        serving.interrupt();
        try {
            serving.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.close();
    }
}
