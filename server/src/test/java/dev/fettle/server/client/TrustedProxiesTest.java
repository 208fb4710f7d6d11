package dev.fettle.server.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrustedProxiesTest {
    private static final TrustedProxies PROXIES =
            new TrustedProxies(List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("fd00::/8")));

    private static String client(String peer, String... forwarded) {
        return PROXIES.client(InetAddress.ofLiteral(peer), List.of(forwarded));
    }

    @Test
    void theHeaderIsReadFromItsEndAsFarAsProxiesWroteIt() {
        assertEquals("10.0.0.1", client("10.0.0.1"));
        assertEquals("203.0.113.9", client("10.0.0.1", "6.6.6.6, 203.0.113.9"));
        assertEquals("203.0.113.9", client("10.0.0.1", "6.6.6.6", "203.0.113.9, 10.0.0.2"));
        assertEquals("2001:db8:0:0:0:0:0:1", client("fd00::1", "2001:db8::1"));
        assertEquals("198.51.100.7", client("198.51.100.7", "6.6.6.6"), "no proxy of ours");
    }

    @Test
    void portsAreCutOff() {
        assertEquals("203.0.113.9", client("10.0.0.1", "203.0.113.9:1234"));
        assertEquals("2001:db8:0:0:0:0:0:1", client("10.0.0.1", "[2001:db8::1]:1234"));
    }

    @Test
    void whatIsNoAddressIsNotBelieved() {
        for (String nonsense : List.of("", "localhost", "203.0.113", "1.2.3.4.5", "unknown", "<x>", ",", "0x7f.1")) {
            assertEquals("10.0.0.1", client("10.0.0.1", nonsense), nonsense);
        }
        assertEquals("10.0.0.2", client("10.0.0.1", "evil, 10.0.0.2"));
        assertEquals("10.0.0.1", client("10.0.0.1", "10.0.0.1, ".repeat(10_000) + "10.0.0.1"));
    }

    @Test
    void blocksContainWhatTheySay() {
        assertTrue(Cidr.parse("192.0.2.128/25").contains(InetAddress.ofLiteral("192.0.2.200")));
        assertFalse(Cidr.parse("192.0.2.128/25").contains(InetAddress.ofLiteral("192.0.2.100")));
        assertTrue(Cidr.parse("0.0.0.0/0").contains(InetAddress.ofLiteral("8.8.8.8")));
        assertFalse(Cidr.parse("0.0.0.0/0").contains(InetAddress.ofLiteral("2001:db8::1")));
        assertTrue(Cidr.parse("::1").contains(InetAddress.ofLiteral("::1")));
    }

    @Test
    void whatIsNoBlockIsNamed() {
        for (String bad : List.of("", "example.org", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0.0/8/8")) {
            IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Cidr.parse(bad));
            assertTrue(refused.toString().contains("Not a block of addresses: `" + bad + "`"), refused.toString());
        }
    }
}
