package dev.fettle.server.api;

import dev.fettle.core.model.Model;
import dev.fettle.core.run.RunChanges;
import dev.fettle.core.run.RunException;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.RunId;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Price;
import dev.fettle.core.user.KeyScope;
import dev.fettle.core.user.Role;
import dev.fettle.core.user.User;
import dev.fettle.server.HttpServer;
import dev.fettle.server.Options;
import dev.fettle.server.api.model.Models;
import dev.fettle.server.api.run.Ceiling;
import dev.fettle.server.api.state.Dependency;
import dev.fettle.testkit.MemoryLedger;
import dev.fettle.testkit.MemoryRunQueue;
import dev.fettle.testkit.MemorySessionStore;
import dev.fettle.testkit.SettableClock;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole API over real HTTP, on books in memory. Nobody carries runs out: the test says how they stand.
final class Office implements AutoCloseable {
    final SettableClock clock = new SettableClock();
    final MemorySessionStore sessions = new MemorySessionStore(clock);
    final MemoryRunQueue runs = new MemoryRunQueue(sessions, clock);
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
        yard = new Yard(root, clock);
        MemoryLedger ledger = new MemoryLedger(clock);
        Ports ports = new Ports(
                sessions, troubled(), ledger, registry, registry, desk, desk, desk, new Grounds(yard, shed, changes));
        Terms terms = new Terms(
                root,
                new Ceiling(50, Optional.of(Money.of("2"))),
                patience,
                Duration.ofMillis(10),
                text -> text.replace("hunter2", "***"));
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
        api = new Api(ports, terms, new OneModel(), List.of(database), clock);
        server = HttpServer.start(Options.on("127.0.0.1", 0), api.routes(), api.authenticator(), clock);
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

    /// A new user with a key for everything that they may do.
    Client user(String name, Role role) {
        User user = registry.add(name, role);
        return as(registry.create(user.id(), "test", EnumSet.allOf(KeyScope.class))
                .secret()
                .reveal());
    }

    Client as(String key) {
        return new Client(key);
    }

    /// Lets the run's turn say something, as a worker would.
    void append(String session, Event... events) {
        try (EventLog log = sessions.open(new SessionId(session))) {
            for (Event event : events) {
                log.append(event);
            }
        }
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

        Client(String key) {
            this.key = key;
        }

        Reply get(String path, String... headers) {
            return send("GET", path, "", headers);
        }

        Reply post(String path, String body, String... headers) {
            return send("POST", path, body, headers);
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
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                    .header("X-API-Key", key)
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
        http.close();
    }
}
