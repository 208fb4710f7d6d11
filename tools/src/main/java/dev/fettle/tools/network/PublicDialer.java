package dev.fettle.tools.network;

import java.io.IOException;
import java.net.Inet6Address;
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
                .filter(PublicDialer::isPublic)
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

    /// Not of this machine, link or site, nor of a block that RFC 6890 sets apart.
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? isGlobal6(bytes) : isGlobal4(bytes[0] & 0xFF, bytes[1] & 0xFF);
    }

    private static boolean isGlobal4(int first, int second) {
        return first != 0
                && first < 240
                && !(first == 100 && second >= 64 && second < 128)
                && !(first == 192 && second == 0)
                && !(first == 198 && (second == 18 || second == 19));
    }

    /// 2000::/3, less the ways of writing an IPv4 address in it: 6to4 (2002::/16) and Teredo (2001::/32).
    private static boolean isGlobal6(byte[] bytes) {
        int first = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        int second = (bytes[2] & 0xFF) << 8 | (bytes[3] & 0xFF);
        return (first & 0xE000) == 0x2000 && first != 0x2002 && !(first == 0x2001 && second == 0);
    }
}
