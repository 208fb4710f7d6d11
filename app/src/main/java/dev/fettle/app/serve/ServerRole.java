package dev.fettle.app.serve;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.config.Settings;
import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.core.limit.SharedCells;
import dev.fettle.core.monitor.Gauge;
import dev.fettle.core.user.Keys;
import dev.fettle.server.HttpServer;
import dev.fettle.server.Options;
import dev.fettle.server.api.Api;
import dev.fettle.server.api.Part;
import dev.fettle.server.api.Ports;
import dev.fettle.server.api.RequestTypes;
import dev.fettle.server.api.Terms;
import dev.fettle.server.api.chat.KeptAnswers;
import dev.fettle.server.api.run.Ceiling;
import dev.fettle.server.api.state.Dependency;
import dev.fettle.server.exchange.Access;
import dev.fettle.telemetry.metrics.PrometheusMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A process that answers over HTTP, and carries out runs beside that unless others do.
///
/// It stops in an order that loses nothing: nobody is let in any more, and who waits for a run gets the run to follow;
/// the worker hands over what it has; only then is the port closed.
public final class ServerRole implements Host.Role {
    private final Host.Serving serving;
    private final Options options;
    private final Api api;
    private final Optional<SharedCells> cells;
    private final FirstKey firstKey;
    private final Optional<Host.Role> worker;
    private final PrometheusMetrics metrics;
    private final Optional<MetricsPort> port;
    private final InstantSource clock;
    private Optional<HttpServer> server = Optional.empty();
    private Optional<Keys.Created> shown = Optional.empty();

    private ServerRole(
            Host.Serving serving,
            Options options,
            Api api,
            Optional<SharedCells> cells,
            FirstKey firstKey,
            Optional<Host.Role> worker,
            PrometheusMetrics metrics,
            Optional<MetricsPort> port,
            InstantSource clock) {
        this.serving = serving;
        this.options = options;
        this.api = api;
        this.cells = cells;
        this.firstKey = firstKey;
        this.worker = worker;
        this.metrics = metrics;
        this.port = port;
        this.clock = clock;
    }

    /// A server that is yet to be started.
    ///
    /// @param home where workspaces are if the settings do not say
    /// @param needed what runs need, which is looked after at health checks
    public static ServerRole of(
            Host.Serving serving,
            Configuration configuration,
            Path home,
            Ports ports,
            ConfiguredModels models,
            List<Dependency> needed,
            AnswerVersion version,
            UnaryOperator<String> mask,
            PrometheusMetrics metrics,
            Optional<Host.Role> worker) {
        InstantSource clock = InstantSource.system();
        Path workspaces = configuration.find(Settings.WORK_ROOT).orElse(home.resolve("workspaces"));
        Terms terms = new Terms(
                services(serving),
                workspaces.toAbsolutePath(),
                new Ceiling(configuration.get(Settings.AGENT_MAX_STEPS), configuration.find(Settings.AGENT_MAX_COST)),
                Terms.USUAL_PATIENCE,
                mask,
                new KeptAnswers.Terms(kept(configuration), version, metrics));
        List<Dependency> dependencies = Dependencies.of(ports.runs(), workspaces, ports.cache(), needed);
        return new ServerRole(
                serving,
                AccessSettings.options(serving.host(), serving.port(), configuration),
                new Api(
                        ports,
                        terms,
                        models,
                        dependencies,
                        MetricsPort.routes(new Access.Scoped("admin"), metrics),
                        clock),
                ports.cells(),
                new FirstKey(ports.users(), ports.keys(), ports.audit(), clock),
                worker,
                metrics,
                MetricsPort.of(configuration, metrics, dependencies),
                clock);
    }

    /// How long an answer is kept: no longer than the session it was given in.
    private static Optional<Duration> kept(Configuration configuration) {
        return configuration
                .find(Settings.CHAT_CACHE)
                .map(time -> configuration
                        .find(Settings.RETENTION)
                        .filter(retention -> retention.compareTo(time) < 0)
                        .orElse(time));
    }

    private static Set<Part> services(Host.Serving serving) {
        try {
            return Part.of(serving.services());
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String name() {
        return "Server %d".formatted(ProcessHandle.current().pid());
    }

    @Override
    public void start() {
        if (!isLoopback(serving.host()) && !firstKey.isThere()) {
            throw CommandException.usage(
                    "Nobody has a key yet, so %s is not opened to others. ".formatted(serving.host())
                            + "Start once with --host 127.0.0.1, which makes an administrator and shows the key.");
        }
        try {
            server = Optional.of(HttpServer.start(
                    options, api.routes(), api.authenticator(), cells, clock, new RequestTypes(metrics)));
        } catch (IOException e) {
            throw taken(options, e);
        }
        server.ifPresent(this::watch);
        worker.ifPresent(Host.Role::start);
        shown = firstKey.make();
    }

    private void watch(HttpServer started) {
        metrics.show(Gauge.of("fettle_event_streams", "Clients that listen to events.", started::streams));
        port.ifPresent(MetricsPort::open);
    }

    /// A server that answers 503 to everything, for as long as the real one cannot be started.
    public static HttpServer refusing(Host.Serving serving, Configuration configuration) {
        Options options = AccessSettings.options(serving.host(), serving.port(), configuration);
        try {
            HttpServer server = HttpServer.start(options, List.of(), _ -> Optional.empty(), InstantSource.system());
            server.refuse();
            return server;
        } catch (IOException e) {
            throw taken(options, e);
        }
    }

    private static CommandException taken(Options options, IOException e) {
        return new CommandException(
                ExitCode.FAILED,
                List.of("Port %d of %s cannot be had: %s. Choose another with --port or PORT."
                        .formatted(options.port(), options.host(), e.getMessage())));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return host.equalsIgnoreCase("localhost");
        }
    }

    @Override
    public List<String> greetings() {
        List<String> greetings = new ArrayList<>();
        String host = serving.host().contains(":") ? "[%s]".formatted(serving.host()) : serving.host();
        server.ifPresent(each -> greetings.add("http://%s:%d".formatted(host, each.port())));
        port.map(MetricsPort::greeting).ifPresent(greetings::add);
        shown.ifPresent(created -> greetings.add("The key of the first administrator, shown only now: "
                + created.secret().reveal()));
        return greetings;
    }

    @Override
    public void close() {
        api.hurry();
        server.ifPresent(HttpServer::refuse);
        worker.ifPresent(Host.Role::close);
        server.ifPresent(HttpServer::close);
        port.ifPresent(MetricsPort::close);
    }
}
