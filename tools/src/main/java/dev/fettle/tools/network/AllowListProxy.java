package dev.fettle.tools.network;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An HTTP proxy on a Unix socket, for commands that have no other way out. It carries out tunnels to port 443 and
/// requests to port 80 of the hosts it was told, and nothing else. What is inside a tunnel cannot be seen; that it is
/// TLS and asks for the same host is checked, so that no other site behind the same address is reached.
public final class AllowListProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AllowListProxy.class);
    private static final int MOST_CONNECTIONS = 128;
    /// How long a client may take to say what it wants.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Collection<String> hosts;
    private final Dialer dialer;
    private final Duration patience;
    private final Path directory;
    private final ServerSocketChannel server;
    private final Semaphore places = new Semaphore(MOST_CONNECTIONS);

    /// A proxy to these hosts of the public internet.
    ///
    /// @param hosts canonical names, lower case; `*.example.org` stands for all below it
    public AllowListProxy(Collection<String> hosts) throws IOException {
        this(hosts, new PublicDialer(InetAddress::getAllByName), PATIENCE);
    }

    AllowListProxy(Collection<String> hosts, Dialer dialer, Duration patience) throws IOException {
        this.hosts = List.copyOf(hosts);
        this.dialer = dialer;
        this.patience = patience;
        // Nobody else may enter it.
        this.directory = Files.createTempDirectory("fettle-proxy-");
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket()));
        Thread.ofVirtual().name("fettle-proxy").start(this::serve);
    }

    /// Where it listens.
    public Path socket() {
        return directory.resolve("proxy.sock");
    }

    private void serve() {
        while (server.isOpen()) {
            try {
                places.acquire();
                SocketChannel client = server.accept();
                Thread.ofVirtual().name("fettle-proxy").start(() -> serve(client));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.warn("The proxy for confined commands cannot take a connection: {}", e.toString());
                places.release();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            InputStream in = new BufferedInputStream(Channels.newInputStream(client));
            OutputStream out = Channels.newOutputStream(client);
            try {
                carryOut(client, in, out);
            } catch (ProxyRequest.RefusedException e) {
                LOG.info("Refused to a confined command: {}", e.getMessage());
                answer(out, "403 Forbidden", Objects.requireNonNull(e.getMessage()));
            }
        } catch (AsynchronousCloseException e) {
            LOG.info("A confined command took longer than {} to say whom it wants", patience);
        } catch (IOException e) {
            LOG.debug("A connection of a confined command ended: {}", e.toString());
        } finally {
            places.release();
        }
    }

    private void carryOut(SocketChannel client, InputStream in, OutputStream out) throws IOException {
        ProxyRequest request;
        try (Watch _ = new Watch(client, patience)) {
            request = ProxyRequest.read(in);
        }
        HostName host = request.host();
        if (hosts.stream().noneMatch(host::isOneOf)) {
            throw new ProxyRequest.RefusedException(
                    "%s is not on the list of hosts; add it with --network allow:%s".formatted(host, host));
        }
        switch (request) {
            case ProxyRequest.Tunnel _ -> {
                try (Socket socket = dial(host, ProxyRequest.HTTPS)) {
                    out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    greet(client, in, host, socket.getOutputStream());
                    LOG.info("A confined command talks to {}", host);
                    splice(client, in, out, socket);
                }
            }
            case ProxyRequest.Forward forward -> {
                try (Socket socket = dial(host, ProxyRequest.HTTP)) {
                    LOG.info("A confined command talks to {}", host);
                    OutputStream there = socket.getOutputStream();
                    there.write(forward.head().getBytes(StandardCharsets.ISO_8859_1));
                    copy(in, there, forward.bodyLength());
                    socket.getInputStream().transferTo(out);
                }
            }
        }
    }

    private Socket dial(HostName host, int port) throws IOException {
        try {
            return dialer.dial(host, port);
        } catch (IOException e) {
            throw new ProxyRequest.RefusedException("cannot reach %s: %s".formatted(host, e.getMessage()));
        }
    }

    private void greet(SocketChannel client, InputStream in, HostName host, OutputStream there) throws IOException {
        ClientHello hello;
        try (Watch _ = new Watch(client, patience)) {
            hello = ClientHello.read(in);
        }
        String named = hello.serverName().orElse("nobody");
        if (!named.equals(host.text())) {
            LOG.info("Refused to a confined command: a tunnel to {} that asks for {}", host, named);
            throw new IOException("the TLS greeting asks for " + named);
        }
        hello.writeTo(there);
    }

    /// Passes bytes both ways until either side is done.
    private static void splice(SocketChannel client, InputStream in, OutputStream out, Socket socket)
            throws IOException {
        Thread back = Thread.ofVirtual().name("fettle-proxy-back").start(() -> {
            try (client) {
                socket.getInputStream().transferTo(out);
            } catch (IOException e) {
                LOG.debug("The far side is gone: {}", e.toString());
            }
        });
        try {
            in.transferTo(socket.getOutputStream());
            socket.shutdownOutput();
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(InputStream in, OutputStream out, long bytes) throws IOException {
        byte[] buffer = new byte[8 * 1024];
        long left = bytes;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new IOException("the body ended too early");
            }
            out.write(buffer, 0, count);
            left -= count;
        }
    }

    private static void answer(OutputStream out, String status, String reason) throws IOException {
        String body = "fettle: " + reason + "\n";
        out.write(
                "HTTP/1.1 %s\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                        .formatted(status, body.getBytes(StandardCharsets.UTF_8).length, body)
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket());
        Files.deleteIfExists(directory);
    }

    /// Closes a connection on which nothing happened for too long.
    private static final class Watch implements AutoCloseable {
        private final Thread thread;

        Watch(SocketChannel client, Duration patience) {
            thread = Thread.ofVirtual().start(() -> {
                try {
                    TimeUnit.NANOSECONDS.sleep(patience.toNanos());
                    client.close();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (IOException e) {
                    LOG.debug("A connection was closed already: {}", e.toString());
                }
            });
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
