package dev.fettle.server.client;

import java.net.InetAddress;

/// A block of addresses, as `10.0.0.0/8`, `fd00::/8` or one address. Names are never looked up.
public record Cidr(InetAddress network, int bits) {
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        try {
            InetAddress network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            int length = network.getAddress().length * 8;
            int bits = slash < 0 ? length : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > length) {
                throw new IllegalArgumentException();
            }
            return new Cidr(network, bits);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Not a block of addresses: `%s`; it looks like 10.0.0.0/8 or fd00::/8".formatted(text), e);
        }
    }

    public boolean contains(InetAddress address) {
        byte[] one = network.getAddress();
        byte[] other = address.getAddress();
        if (one.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((one[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
