package dev.fettle.server.api;

import dev.fettle.core.feed.AnnouncedLog;
import dev.fettle.core.feed.Heads;
import dev.fettle.core.feed.LocalNotices;
import dev.fettle.core.feed.LogFeed;
import dev.fettle.core.model.Model;
import dev.fettle.core.monitor.Occurrence;
import dev.fettle.core.monitor.Statistics;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.run.RunChanges;
import dev.fettle.core.run.RunException;
import dev.fettle.core.run.RunFilter;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.RunId;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.tool.Describe;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.RecordTool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.core.tool.Toolbox;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Price;
import dev.fettle.core.user.KeyScope;
import dev.fettle.core.user.Role;
import dev.fettle.core.user.User;
import dev.fettle.server.HttpServer;
import dev.fettle.server.Options;
import dev.fettle.server.api.chat.KeptAnswers;
import dev.fettle.server.api.model.Models;
import dev.fettle.server.api.run.Ceiling;
import dev.fettle.server.api.state.Dependency;
import dev.fettle.server.api.state.MetricsRoutes;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.token.Tokens;
import dev.fettle.testkit.MemoryCache;
import dev.fettle.testkit.MemoryLedger;
import dev.fettle.testkit.MemoryRunQueue;
import dev.fettle.testkit.MemorySessionStore;
import dev.fettle.testkit.SettableClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole API over real HTTP, on books in memory. Nobody carries runs out: the test says how they stand.
final class Office implements AutoCloseable {
    static final Duration KEPT = Duration.ofHours(1);

    final SettableClock clock = new SettableClock();
    final MemorySessionStore sessions = new MemorySessionStore(clock);
    private final LocalNotices notices = new LocalNotices();
    final MemoryRunQueue runs = new MemoryRunQueue(sessions, clock, notices);
    private final LogFeed feed = new LogFeed(sessions, this::heads, notices);
    final MemoryCache cache = new MemoryCache(clock);
    final AtomicReference<String> version = new AtomicReference<>("one");
    final Queue<Occurrence> monitored = new ConcurrentLinkedQueue<>();
    final Registry registry = new Registry(clock);
    final Desk desk = new Desk(clock);
    final Shed shed = new Shed();
    final RunChanges changes = new RunChanges(shed);
    final Yard yard;
    /// What the queue says to everything, if it is not empty.
    final AtomicReference<Optional<RuntimeException>> trouble = new AtomicReference<>(Optional.empty());

    final Api api;
    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    Office(Path root, Duration patience) throws IOException {
        this(root, patience, _ -> Tokens.none());
    }

    Office(Path root, Duration patience, Function<InstantSource, Tokens> tokens) throws IOException {
        yard = new Yard(root, clock);
        MemoryLedger ledger = new MemoryLedger(clock);
        Ports ports = new Ports(
                sessions,
                feed,
                troubled(),
                ledger,
                registry,
                registry,
                desk,
                desk,
                desk,
                tokens.apply(clock),
                Optional.empty(),
                new Toolbox(List.of(new Echo())),
                this::totals,
                new Grounds(yard, shed, changes),
                cache,
                (code, _) -> code.contains("total") ? Optional.of("function total") : Optional.empty());
        Terms terms = new Terms(
                Part.ALL,
                root,
                new Ceiling(50, Optional.of(Money.of("2"))),
                patience,
                text -> text.replace("hunter2", "***"),
                new KeptAnswers.Terms(Optional.of(KEPT), version::get, monitored::add));
        Dependency database = new Dependency() {
            @Override
            public String name() {
                return "database";
            }

            @Override
            public Condition check() {
                troubles();
                return Condition.up("here");
            }
        };
        MetricsRoutes metrics = new MetricsRoutes(new Access.Scoped("admin"), "text/plain", () -> "up 1\n");
        api = new Api(ports, terms, new OneModel(), List.of(database), metrics, clock);
        Options options = Options.on("127.0.0.1", 0).with(Options.Rates.perMinute(100_000, 100_000));
        server = HttpServer.start(options, api.routes(), api.authenticator(), clock);
    }

    private Map<SessionId, Heads.Head> heads(Set<SessionId> ids) {
        return ids.stream()
                .filter(id -> sessions.find(id).isPresent())
                .collect(Collectors.toMap(
                        id -> id, id -> new Heads.Head(sessions.history(id).size(), "")));
    }

    record Words(@Describe("What to say.") Optional<String> text) {}

    private static final class Echo implements RecordTool<Words> {
        @Override
        public String name() {
            return "echo";
        }

        @Override
        public String description() {
            return "Says it again.";
        }

        @Override
        public Effect effect() {
            return Effect.READ;
        }

        @Override
        public Class<Words> arguments() {
            return Words.class;
        }

        @Override
        public List<Permission> permissions(Words words) {
            return List.of();
        }

        @Override
        public ToolOutput run(Words words, ToolContext context) {
            throw new UnsupportedOperationException("Nobody carries runs out here");
        }
    }

    private Statistics.Totals totals(Optional<String> user) {
        Map<String, Long> byStatus = runs.list(user.map(RunFilter.ALL::of).orElse(RunFilter.ALL)).stream()
                .collect(Collectors.groupingBy(run -> run.state().word(), Collectors.counting()));
        long all = sessions.list().stream()
                .filter(each -> user.map(each.user()::equals).orElse(true))
                .count();
        return new Statistics.Totals(
                byStatus, 3, 70, Money.of("0.25"), Map.of("bash", 2L), new Statistics.Durations(1, 20, 20), all);
    }

    /// A proxy only hands on: it says what a database says that is away.
    private RunQueue troubled() {
        return (RunQueue) Proxy.newProxyInstance(
                Office.class.getClassLoader(), new Class<?>[] {RunQueue.class}, (_, method, arguments) -> {
                    troubles();
                    try {
                        return method.invoke(runs, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void troubles() {
        trouble.get().ifPresent(each -> {
            throw each;
        });
    }

    void isAway() {
        trouble.set(Optional.of(new SessionException(SessionException.Kind.STORAGE, "db.internal is away")));
    }

    void isFull() {
        trouble.set(Optional.of(new RunException(RunException.Kind.QUEUE_FULL, "full")));
    }

    private static final class OneModel implements Models {
        @Override
        public List<Listed> list() {
            Price price = new Price(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.TEN);
            return List.of(new Listed(new Model("test", "m", 1000, 100, Optional.of(price)), true));
        }

        @Override
        public Optional<String> refusal(String name) {
            return name.equals("test/m") ? Optional.empty() : Optional.of("There is no such model.");
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /// A new user with a key for everything that they may do.
    Client user(String name, Role role) {
        User user = registry.add(name, role);
        return as(registry.create(user.id(), "test", EnumSet.allOf(KeyScope.class))
                .secret()
                .reveal());
    }

    Client as(String key) {
        return new Client(key, "X-API-Key", key);
    }

    Client bearing(String token) {
        return new Client(token, "Authorization", "Bearer " + token);
    }

    /// Lets the run's turn say something, as a worker would.
    void append(String session, Event... events) {
        try (EventLog log = open(session)) {
            for (Event event : events) {
                log.append(event);
            }
        }
    }

    /// A session's log as a worker has it.
    EventLog open(String session) {
        return new AnnouncedLog(sessions.open(new SessionId(session)), notices);
    }

    static Event said(String run, String prompt) {
        return new Event.UserSaid(prompt, List.of(), Optional.of(new RunId(run)));
    }

    record Reply(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(response.body());
        }

        String text(String field) {
            return json().path(field).asString();
        }

        Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }
    }

    final class Client {
        final String key;
        private final String header;
        private final String value;

        Client(String key, String header, String value) {
            this.key = key;
            this.header = header;
            this.value = value;
        }

        Reply get(String path, String... headers) {
            return send("GET", path, "", headers);
        }

        Reply post(String path, String body, String... headers) {
            return send("POST", path, body, headers);
        }

        /// The lines of an endless answer, as they come.
        BufferedReader lines(String path, String... headers) throws IOException, InterruptedException {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(url().resolve(path)).header(header, value);
            if (headers.length > 0) {
                request.headers(headers);
            }
            return new BufferedReader(new InputStreamReader(
                    http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream())
                            .body(),
                    StandardCharsets.UTF_8));
        }

        /// An archive of the type.
        Reply upload(String path, String type, String body, String... headers) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                    .header("X-API-Key", key)
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return sent(request.build());
        }

        Reply send(String method, String path, String body, String... headers) {
            HttpRequest.Builder request = HttpRequest.newBuilder(url().resolve(path))
                    .header(header, value)
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
            if (headers.length > 0) {
                request.headers(headers);
            }
            if (!body.isEmpty()) {
                request.header("Content-Type", "application/json");
            }
            return sent(request.build());
        }

        private Reply sent(HttpRequest request) {
            try {
                return new Reply(http.send(request, HttpResponse.BodyHandlers.ofString()));
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        api.hurry();
        server.refuse();
        server.close();
        feed.close();
        http.close();
    }
}
