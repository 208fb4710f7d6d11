package dev.fettle.tools.network;

import java.net.Inet6Address;
import java.net.InetAddress;

/// Tells addresses of the public internet from all others.
public final class PublicAddress {
    private PublicAddress() {}

    /// Not of this machine, link or site, nor of a block that RFC 6890 sets apart.
    public static boolean isPublic(InetAddress address) {
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
