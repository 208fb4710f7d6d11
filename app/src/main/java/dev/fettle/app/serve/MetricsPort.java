package dev.fettle.app.serve;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.config.Settings;
import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.core.run.RunQueue;
import dev.fettle.server.HttpServer;
import dev.fettle.server.Options;
import dev.fettle.server.api.state.Checkup;
import dev.fettle.server.api.state.Dependency;
import dev.fettle.server.api.state.HealthRoutes;
import dev.fettle.server.api.state.MetricsRoutes;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.gate.Authenticator;
import dev.fettle.server.route.Route;
import dev.fettle.telemetry.metrics.PrometheusMetrics;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A port for whoever watches the process and has no key: its metrics, and whether it lives and serves. Only this
/// machine reaches it unless the settings say otherwise.
public final class MetricsPort implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Options options;
    private final List<Route> routes;
    private Optional<HttpServer> server = Optional.empty();

    private MetricsPort(Options options, List<Route> routes) {
        this.options = options;
        this.routes = routes;
    }

    /// The port that the settings ask for, of a process that needs only the database, yet to be opened.
    public static Optional<MetricsPort> of(Configuration configuration, PrometheusMetrics metrics, RunQueue runs) {
        return of(configuration, metrics, Dependencies.ofWorker(runs));
    }

    static Optional<MetricsPort> of(
            Configuration configuration, PrometheusMetrics metrics, List<Dependency> dependencies) {
        Authenticator nobody = _ -> Optional.empty();
        return configuration.find(Settings.METRICS_PORT).map(port -> {
            HealthRoutes health = new HealthRoutes(new Checkup(dependencies, InstantSource.system()), nobody);
            return new MetricsPort(
                    Options.on(configuration.get(Settings.METRICS_HOST), port).with(GRACE),
                    Stream.concat(routes(new Access.Open(), metrics).list().stream(), health.list().stream())
                            .toList());
        });
    }

    static MetricsRoutes routes(Access access, PrometheusMetrics metrics) {
        return new MetricsRoutes(access, PrometheusMetrics.TYPE, metrics::text);
    }

    /// Opens it.
    ///
    /// @throws CommandException if it cannot be had
    public void open() {
        try {
            server = Optional.of(HttpServer.start(options, routes, _ -> Optional.empty(), InstantSource.system()));
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.FAILED,
                    List.of("The port for metrics, %d of %s, cannot be had: %s. Choose another with METRICS_PORT."
                            .formatted(options.port(), options.host(), e.getMessage())));
        }
    }

    /// Where it is, for whoever started the process.
    public String greeting() {
        String host = options.host().contains(":") ? "[%s]".formatted(options.host()) : options.host();
        return "Metrics: http://%s:%d/metrics"
                .formatted(host, server.map(HttpServer::port).orElse(options.port()));
    }

    @Override
    public void close() {
        server.ifPresent(HttpServer::close);
    }
}
