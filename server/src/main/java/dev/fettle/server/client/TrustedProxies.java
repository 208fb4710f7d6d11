package dev.fettle.server.client;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tells the address of who asked. `X-Forwarded-For` is read from its end, where our own proxies wrote, and
/// believed only as far as one of them wrote it: what is further left may be anybody's invention.
public final class TrustedProxies {
    private static final int MOST_HOPS = 32;

    /// Java also knows addresses of fewer parts, which others read differently.
    private static final Pattern LITERAL = Pattern.compile("[0-9]+([.][0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private final List<Cidr> proxies;

    public TrustedProxies(List<Cidr> proxies) {
        this.proxies = List.copyOf(proxies);
    }

    /// The address of who asked.
    ///
    /// @param peer who opened the connection
    /// @param forwarded all values of `X-Forwarded-For`, in their order
    public String client(InetAddress peer, List<String> forwarded) {
        InetAddress client = peer;
        List<String> hops = forwarded.stream()
                .flatMap(value -> Arrays.stream(value.split(",", MOST_HOPS + 1)))
                .toList();
        for (int i = hops.size() - 1; i >= Math.max(0, hops.size() - MOST_HOPS) && isTrusted(client); i--) {
            Optional<InetAddress> before = address(hops.get(i).strip());
            if (before.isEmpty()) {
                break;
            }
            client = before.get();
        }
        return client.getHostAddress().replaceFirst("%.*", "");
    }

    private boolean isTrusted(InetAddress address) {
        return proxies.stream().anyMatch(each -> each.contains(address));
    }

    /// Some proxies add the port.
    private static Optional<InetAddress> address(String hop) {
        String bare = hop.startsWith("[")
                ? hop.replaceFirst("^\\[([^]]*)](:[0-9]{1,5})?$", "$1")
                : hop.replaceFirst("^([0-9.]+):[0-9]{1,5}$", "$1");
        if (!LITERAL.matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
