package dev.fettle.server.wire;

import dev.fettle.core.monitor.Monitor;
import dev.fettle.server.client.TrustedProxies;
import dev.fettle.server.exchange.Handler;
import dev.fettle.server.gate.Intake;
import dev.fettle.server.route.Routes;
import dev.fettle.server.sse.EventStreams;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;

/// An open port. Nothing of the library is discovered on the class path: what is here is all there is.
public final class Listener {
    private static final Duration NEVER = Duration.ofDays(365);

    private final WebServer server;
    private final int port;

    private Listener(WebServer server) {
        this.server = server;
        this.port = server.port();
    }

    /// How requests get from a port to their handlers.
    ///
    /// @param gates what every request passes; the innermost hands it to its destination
    /// @param monitor told of every request
    public record Path(
            TrustedProxies proxies,
            Routes routes,
            Handler gates,
            EventStreams streams,
            Intake intake,
            Monitor monitor) {}

    /// Returns when the port is open.
    ///
    /// @param port 0 for any that is free
    /// @throws IOException if somebody else has the port, or the address is not ours
    public static Listener open(String host, int port, Path path, Bounds bounds, Patience patience, InstantSource clock)
            throws IOException {
        probe(host, port);
        RequestIds ids = new RequestIds(clock);
        AccessLog log = new AccessLog(path.monitor());
        Exchanges exchanges = new Exchanges(
                new Heads(ids, path.proxies()),
                path.routes(),
                path.gates(),
                new Outbound(path.streams(), patience.write()),
                path.intake(),
                bounds,
                log);
        WebServer server = WebServer.builder()
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .shutdownHook(false)
                .host(host)
                .port(port)
                .maxTcpConnections(bounds.connections())
                .maxPayloadSize(bounds.uploadBytes())
                .idleConnectionTimeout(NEVER)
                .idleConnectionPeriod(NEVER)
                .connectionOptions(options -> options.tcpNoDelay(true))
                .mediaContext(MediaContext.builder()
                        .mediaSupportsDiscoverServices(false)
                        .build())
                .contentEncoding(new PlainContent())
                .directHandlers(DirectProblems.handlers(ids, log))
                .addConnectionSelector(new PatientHttp1(bounds, patience))
                .addRouting(HttpRouting.builder().any(exchanges))
                .build()
                .start();
        if (!server.isRunning()) {
            throw new IOException("Cannot listen on %s port %d; see the log".formatted(host, port));
        }
        return new Listener(server);
    }

    /// The library would tell the log, with its stack, what a sentence can say.
    private static void probe(String host, int port) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException e) {
            throw new IOException("Cannot listen on %s port %d: %s".formatted(host, port, e.getMessage()), e);
        }
    }

    public int port() {
        return port;
    }

    /// Closes all connections, the busy ones too.
    public void close() {
        server.stop();
    }
}
