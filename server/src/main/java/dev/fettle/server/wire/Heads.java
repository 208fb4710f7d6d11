package dev.fettle.server.wire;

import dev.fettle.server.client.TrustedProxies;
import dev.fettle.server.exchange.RequestHead;
import io.helidon.http.Header;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads the head of a request.
final class Heads {
    private final RequestIds ids;
    private final TrustedProxies proxies;

    Heads(RequestIds ids, TrustedProxies proxies) {
        this.ids = ids;
        this.proxies = proxies;
    }

    RequestHead of(ServerRequest request) {
        Map<String, List<String>> headers = new HashMap<>();
        for (Header header : request.headers()) {
            headers.put(header.headerName().lowerCase(), header.allValues());
        }
        List<String> named = headers.getOrDefault("x-request-id", List.of());
        return new RequestHead(
                ids.of(named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty()),
                proxies.client(peer(request), headers.getOrDefault("x-forwarded-for", List.of())),
                request.prologue().method().text().toUpperCase(Locale.ROOT),
                request.prologue().uriPath().rawPath(),
                request.prologue().query().rawValue(),
                headers);
    }

    private static InetAddress peer(ServerRequest request) {
        return request.remotePeer().address() instanceof InetSocketAddress inet
                ? inet.getAddress()
                : InetAddress.getLoopbackAddress();
    }
}
