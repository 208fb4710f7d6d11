package dev.fettle.tools.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The way out of a sandbox that has a network of its own: one proxy for each list of hosts, started when it is first
/// needed and ended with the process, and inside the sandbox `socat`, which passes a port of the sandbox's loopback on
/// to the proxy's socket.
public final class NetworkGateway {
    private static final int PORT = 38128;

    /// Opens the port and waits until it is open. The socket is the first argument and is taken away. The process that
    /// listens is nobody's child, so that the command cannot wait for it, and dies with the sandbox.
    public static final String SCRIPT = """
            (socat TCP-LISTEN:%1$d,bind=127.0.0.1,fork,reuseaddr UNIX-CONNECT:"$1" >/dev/null 2>&1 &); shift
            for i in {1..500}; do (exec 3<>/dev/tcp/127.0.0.1/%1$d) 2>/dev/null && break; sleep 0.01; done
            """.formatted(PORT);

    /// Tells programs where the way out is.
    public static final Map<String, String> ENVIRONMENT = environment();

    private final Map<List<String>, AllowListProxy> proxies = new HashMap<>();
    private final Opening opening;

    /// Starts a proxy.
    @FunctionalInterface
    interface Opening {
        AllowListProxy proxy(List<String> hosts) throws IOException;
    }

    /// A gateway to the public internet.
    public NetworkGateway() {
        this(AllowListProxy::new);
    }

    NetworkGateway(Opening opening) {
        this.opening = opening;
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        for (String name : List.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")) {
            environment.put(name, "http://127.0.0.1:" + PORT);
            environment.put(name.toLowerCase(Locale.ROOT), "http://127.0.0.1:" + PORT);
        }
        environment.put("NO_PROXY", "localhost,127.0.0.1,::1");
        environment.put("no_proxy", "localhost,127.0.0.1,::1");
        environment.put(
                "JAVA_TOOL_OPTIONS",
                "-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=%1$d -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=%1$d"
                        .formatted(PORT));
        return Map.copyOf(environment);
    }

    /// The socket of the proxy to these hosts.
    ///
    /// @throws IOException if it cannot be opened, or nothing is there to reach it with
    public synchronized Path socket(List<String> hosts) throws IOException {
        if (Stream.of("/usr/bin/socat", "/usr/local/bin/socat", "/bin/socat")
                .noneMatch(each -> Files.isExecutable(Path.of(each)))) {
            throw new IOException(
                    "--network allow:… needs socat, which is not installed; apt install socat, or choose off or on");
        }
        AllowListProxy proxy = proxies.get(hosts);
        if (proxy == null) {
            proxy = opening.proxy(hosts);
            proxies.put(hosts, proxy);
            AllowListProxy closing = proxy;
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> close(closing)));
        }
        return proxy.socket();
    }

    private static void close(AllowListProxy proxy) {
        try {
            proxy.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
