package dev.fettle.tools.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;

/// Connects to addresses of the public internet only: a name that leads into the own network, to this machine or to a
/// cloud's metadata is refused. The address that was checked is the one that is dialled.
final class PublicDialer implements Dialer {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Resolver resolver;

    /// Looks names up.
    @FunctionalInterface
    interface Resolver {
        InetAddress[] addresses(String host) throws IOException;
    }

    PublicDialer(Resolver resolver) {
        this.resolver = resolver;
    }

    @Override
    public Socket dial(HostName host, int port) throws IOException {
        InetAddress address = Arrays.stream(resolver.addresses(host.text()))
                .filter(PublicAddress::isPublic)
                .findFirst()
                .orElseThrow(() -> new IOException("%s has no address in the public internet".formatted(host)));
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(address, port), (int) PATIENCE.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
