package dev.fettle.tools.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Over real sockets; the internet is a server on loopback.
@Timeout(60)
final class AllowListProxyTest {
    private final List<String> dialled = Collections.synchronizedList(new ArrayList<>());
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    private ServerSocket internet;
    private AllowListProxy proxy;

    AllowListProxyTest() throws IOException {
        internet = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        proxy = proxy(Duration.ofSeconds(30));
    }

    private AllowListProxy proxy(Duration patience) throws IOException {
        return new AllowListProxy(
                List.of("allowed.test", "*.wild.test"),
                (host, port) -> {
                    dialled.add(host + ":" + port);
                    return new Socket(internet.getInetAddress(), internet.getLocalPort());
                },
                patience);
    }

    @BeforeEach
    void serve() {
        Thread.ofVirtual().start(() -> {
            while (!internet.isClosed()) {
                try (Socket client = internet.accept()) {
                    byte[] request = client.getInputStream().readNBytes(30);
                    synchronized (received) {
                        received.write(request);
                    }
                    client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\nhello".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        internet.close();
    }

    /// Sends bytes and returns all that comes back.
    private String send(byte[]... pieces) throws IOException {
        try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            client.connect(UnixDomainSocketAddress.of(proxy.socket()));
            OutputStream out = Channels.newOutputStream(client);
            InputStream in = Channels.newInputStream(client);
            try {
                for (byte[] piece : pieces) {
                    out.write(piece);
                }
            } catch (IOException e) {
                // It had heard enough.
            }
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private String send(String request) throws IOException {
        return send(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] hello(Optional<String> serverName) throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(serverName.map(SNIHostName::new).stream()
                .map(each -> (javax.net.ssl.SNIServerName) each)
                .toList());
        engine.setSSLParameters(parameters);
        ByteBuffer bytes = ByteBuffer.allocate(32 * 1024);
        engine.wrap(ByteBuffer.allocate(0), bytes);
        return java.util.Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static byte[] connect(String host) {
        return "CONNECT %s:443 HTTP/1.1\r\nHost: %s:443\r\n\r\n"
                .formatted(host, host)
                .getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(strings = {"allowed.test", "a.wild.test", "a.b.wild.test"})
    void aHostOnTheListIsReachedOverHttp(String host) throws IOException {
        String answer = send(
                "GET http://%s/a?b HTTP/1.1\r\nHost: %s\r\nProxy-Connection: keep-alive\r\n\r\n".formatted(host, host));
        assertTrue(answer.endsWith("\r\n\r\nhello"), answer);
        assertEquals(List.of(host + ":80"), dialled);
        assertTrue(received.toString(StandardCharsets.US_ASCII).startsWith("GET /a?b HTTP/1.1\r\nHost: "));
    }

    @Test
    void aTunnelIsOpenedToWhomTheGreetingNames() throws Exception {
        String answer = send(connect("allowed.test"), hello(Optional.of("allowed.test")));
        assertTrue(answer.startsWith("HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 200 OK"), answer);
        assertEquals(List.of("allowed.test:443"), dialled);
    }

    @Test
    void aTunnelThatAsksForSomebodyElseOrNobodyOrIsNoTlsIsClosed() throws Exception {
        assertEquals(
                "HTTP/1.1 200 Connection established\r\n\r\n",
                send(connect("allowed.test"), hello(Optional.of("evil.test"))));
        assertEquals(
                "HTTP/1.1 200 Connection established\r\n\r\n", send(connect("allowed.test"), hello(Optional.empty())));
        assertEquals(
                "HTTP/1.1 200 Connection established\r\n\r\n",
                send(connect("allowed.test"), "SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(0, received.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.test",
                "allowed.test.evil.test",
                "xallowed.test",
                "wild.test",
                "127.0.0.1",
                "2130706433",
                "0x7f000001",
                "0177.0.0.1",
                "127.1",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "localhost",
                "allowed.test.",
                "ALLOWED.test",
                "allowed.test\0.evil.test",
                "allowed.test%00.evil.test",
                "user@allowed.test",
                "allowed.test@evil.test",
                "evil.test#allowed.test",
                "evil.test?.wild.test",
                "evil.test/.wild.test",
                "\u00e4.wild.test",
                "a_b.wild.test",
                "-a.wild.test",
                "..wild.test",
                "*.wild.test",
                "169.254.169.254",
                "metadata.google.internal"
            })
    void everyOtherHostIsRefusedHoweverItIsSpelled(String host) throws IOException {
        for (String request : List.of(
                "CONNECT %s:443 HTTP/1.1\r\n\r\n".formatted(host),
                "GET http://%s/ HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(host, host))) {
            assertTrue(send(request).startsWith("HTTP/1.1 403 Forbidden\r\n"), request);
        }
        assertEquals(List.of(), dialled);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECT allowed.test:22 HTTP/1.1\r\n\r\n",
                "CONNECT allowed.test:80 HTTP/1.1\r\n\r\n",
                "CONNECT allowed.test:0443 HTTP/1.1\r\n\r\n",
                "CONNECT allowed.test HTTP/1.1\r\n\r\n",
                "GET http://allowed.test:8080/ HTTP/1.1\r\nHost: allowed.test\r\n\r\n",
                "GET http://allowed.test/ HTTP/1.1\r\nHost: evil.test\r\n\r\n",
                "GET http://allowed.test/ HTTP/1.1\r\nHost: allowed.test\r\nHost: evil.test\r\n\r\n",
                "GET https://allowed.test/ HTTP/1.1\r\n\r\n",
                "GET ftp://allowed.test/ HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: allowed.test\r\n\r\n",
                "GET http://allowed.test/ HTTP/1.1\r\nHost : allowed.test\r\n\r\n",
                "GET http://allowed.test/ HTTP/1.1\r\n Host: x\r\n\r\n",
                "GET http://allowed.test/\tx HTTP/2\r\n\r\n",
                "GET http://allowed.test/ HTTP/1.1\nHost: evil.test\r\n\r\n",
                "POST http://allowed.test/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST http://allowed.test/ HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "POST http://allowed.test/ HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "\r\n\r\n"
            })
    void whatHasTwoReadingsIsRefused(String request) throws IOException {
        assertTrue(send(request).startsWith("HTTP/1.1 403 Forbidden\r\n"), request);
        assertEquals(List.of(), dialled);
    }

    @Test
    void aRefusalSaysWhatToDo() throws IOException {
        assertTrue(send("CONNECT evil.test:443 HTTP/1.1\r\n\r\n")
                .endsWith("fettle: evil.test is not on the list of hosts; add it with --network allow:evil.test\n"));
    }

    @Test
    void aHeadWithoutEndIsRefused() throws IOException {
        String answer = send("GET http://allowed.test/ HTTP/1.1\r\nX: " + "x".repeat(20_000));
        assertTrue(answer.isEmpty() || answer.contains("longer than 16384 bytes"), answer);
        assertEquals(List.of(), dialled);
    }

    @Test
    void whoeverSaysNothingIsCutOff() throws IOException {
        proxy.close();
        proxy = proxy(Duration.ofMillis(50));
        assertEquals("", send("CONNECT allowed"));
    }

    @Test
    void aSecondRequestInTheSameBreathIsNotPassedOn() throws IOException {
        send(
                "GET http://allowed.test/ HTTP/1.1\r\n\r\nGET http://allowed.test/secret HTTP/1.1\r\nHost: evil.test\r\n\r\n");
        assertFalse(received.toString(StandardCharsets.US_ASCII).contains("secret"));
    }

    @Test
    void theSocketIsForItsOwnerOnlyAndGoesAwayAtTheEnd() throws IOException {
        assertEquals(
                "rwx------",
                java.nio.file.attribute.PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(proxy.socket().resolveSibling(""))));
        proxy.close();
        assertFalse(Files.exists(proxy.socket().resolveSibling("")));
    }

    @Test
    void aGreetingInPiecesIsPutTogether() throws Exception {
        byte[] whole = hello(Optional.of("allowed.test"));
        ByteArrayOutputStream pieces = new ByteArrayOutputStream();
        for (int at = 5; at < whole.length; at += 40) {
            int length = Math.min(40, whole.length - at);
            pieces.write(new byte[] {22, 3, 1, 0, (byte) length});
            pieces.write(whole, at, length);
        }
        assertEquals(
                Optional.of("allowed.test"),
                ClientHello.read(new ByteArrayInputStream(pieces.toByteArray())).serverName());
    }

    @Test
    void aBrokenGreetingIsAnErrorNotABug() throws Exception {
        byte[] whole = hello(Optional.of("allowed.test"));
        for (int at = 5; at < whole.length; at += 3) {
            byte[] broken = whole.clone();
            broken[at] = (byte) 0xFF;
            try {
                ClientHello.read(new ByteArrayInputStream(broken));
            } catch (IOException e) {
                assertTrue(e.getMessage() == null || !e.getMessage().isBlank());
            }
        }
        assertThrows(
                IOException.class,
                () -> ClientHello.read(new ByteArrayInputStream(new byte[] {22, 3, 1, (byte) 0xFF, (byte) 0xFF})));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "192.168.1.1",
                "172.16.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "198.18.0.1",
                "192.0.0.1",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "::ffff:10.0.0.1",
                "2002:7f00:1::",
                "2001::1",
                "64:ff9b::7f00:1",
                "ff02::1"
            })
    void addressesThatAreNotOfThePublicInternetAreNotDialled(String address) throws IOException {
        InetAddress literal = InetAddress.getByName(address);
        assertFalse(PublicAddress.isPublic(literal));
        HostName host = HostName.of("rebound.test").orElseThrow();
        assertThrows(
                IOException.class,
                () -> new PublicDialer(_ -> new InetAddress[] {literal})
                        .dial(host, 443)
                        .close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "172.32.0.1", "2606:4700::1111", "100.128.0.1"})
    void thoseOfThePublicInternetAre(String address) throws IOException {
        assertTrue(PublicAddress.isPublic(InetAddress.getByName(address)));
    }
}
