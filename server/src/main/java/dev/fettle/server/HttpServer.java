package dev.fettle.server;

import dev.fettle.core.limit.SharedCells;
import dev.fettle.core.monitor.Monitor;
import dev.fettle.server.client.TrustedProxies;
import dev.fettle.server.exchange.Handler;
import dev.fettle.server.gate.Authentication;
import dev.fettle.server.gate.Authenticator;
import dev.fettle.server.gate.Cors;
import dev.fettle.server.gate.Faults;
import dev.fettle.server.gate.HostCheck;
import dev.fettle.server.gate.Intake;
import dev.fettle.server.gate.SecurityHeaders;
import dev.fettle.server.gate.StreamLimit;
import dev.fettle.server.rate.LocalRates;
import dev.fettle.server.rate.Rate;
import dev.fettle.server.rate.RateLimit;
import dev.fettle.server.rate.RateLimiter;
import dev.fettle.server.rate.SharedRates;
import dev.fettle.server.route.Route;
import dev.fettle.server.route.Routes;
import dev.fettle.server.sse.EventStreams;
import dev.fettle.server.wire.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A running HTTP server. Prints nothing and reads no settings by itself.
public final class HttpServer implements AutoCloseable {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Options options;
    private final Intake intake;
    private final EventStreams streams;
    private final Listener listener;

    private HttpServer(Options options, Intake intake, EventStreams streams, Listener listener) {
        this.options = options;
        this.intake = intake;
        this.streams = streams;
        this.listener = listener;
    }

    /// A server that counts alone how often it is asked.
    public static HttpServer start(
            Options options, List<Route> routes, Authenticator authenticator, InstantSource clock) throws IOException {
        return start(options, routes, authenticator, Optional.empty(), clock, Monitor.NONE);
    }

    /// Returns when the port is open.
    ///
    /// @param cells in which replicas count together how often they are asked
    /// @param monitor told of every request
    /// @throws IOException if the port cannot be had
    public static HttpServer start(
            Options options,
            List<Route> routes,
            Authenticator authenticator,
            Optional<SharedCells> cells,
            InstantSource clock,
            Monitor monitor)
            throws IOException {
        Intake intake = new Intake();
        EventStreams streams = new EventStreams(options.pace());
        Listener.Path path = new Listener.Path(
                new TrustedProxies(options.trust().proxies()),
                new Routes(routes),
                gates(options, authenticator, new Limiters(options.rates(), cells, clock), intake),
                streams,
                intake,
                monitor);
        Listener listener =
                Listener.open(options.host(), options.port(), path, options.bounds(), options.patience(), clock);
        return new HttpServer(options, intake, streams, listener);
    }

    /// What every request passes, from the inside out.
    private static Handler gates(Options options, Authenticator authenticator, Limiters limiters, Intake intake) {
        Handler gates = request -> request.destination().handler().answer(request.with(options.texts()));
        gates = new StreamLimit(options.seats(), gates);
        gates = RateLimit.perUser(limiters.perUser(), gates);
        gates = new Authentication(authenticator, gates);
        gates = RateLimit.perAddress(limiters.perAddress(), gates);
        gates = new HostCheck(names(options), gates);
        gates = intake.before(gates);
        gates = new Faults(gates);
        gates = new Cors(options.trust().corsOrigins(), gates);
        return new SecurityHeaders(gates);
    }

    private record Limiters(Options.Rates rates, Optional<SharedCells> cells, InstantSource clock) {
        RateLimiter perUser() {
            return limiter("user", rates.perUser());
        }

        RateLimiter perAddress() {
            return limiter("address", rates.perAddress());
        }

        private RateLimiter limiter(String name, Rate rate) {
            RateLimiter alone = new LocalRates(rate, rates.keys(), clock);
            return cells.<RateLimiter>map(each -> new SharedRates(name, alone, each, clock))
                    .orElse(alone);
        }
    }

    private static Set<String> names(Options options) {
        Set<String> given = options.trust().allowedHosts();
        return given.isEmpty() && isLoopback(options.host())
                ? THIS_MACHINE
                : given.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return host.equalsIgnoreCase("localhost");
        }
    }

    /// How many clients listen to events.
    public int streams() {
        return streams.size();
    }

    public int port() {
        return listener.port();
    }

    /// Answers 503 to whoever comes from now on, and tells those who listen to events to come back. Who is inside goes
    /// on. The port stays open until the server is stopped.
    public void refuse() {
        intake.close();
        streams.shutDown();
    }

    /// Answers 503 to whoever comes, tells those who listen to events to come back, waits for those who are
    /// inside as long as the options say, and interrupts the rest.
    ///
    /// @return false if somebody had to be interrupted
    public boolean stop() throws InterruptedException {
        refuse();
        try {
            return intake.await(options.grace());
        } finally {
            listener.close();
        }
    }

    /// As [#stop], and takes an interruption as the wish to wait no longer.
    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
