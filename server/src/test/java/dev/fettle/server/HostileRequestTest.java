package dev.fettle.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.server.rate.Rate;
import dev.fettle.server.wire.Bounds;
import dev.fettle.server.wire.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is sent, the answer is a problem that says nothing of the server's insides, comes soon, and
/// leaves the server as it was.
class HostileRequestTest {
    private static final Bounds BOUNDS = new Bounds(2_000, 8_000, 100_000, 100);
    private static final Patience PATIENCE =
            new Patience(Duration.ofSeconds(20), Duration.ofMillis(700), Duration.ofMillis(700), Duration.ofSeconds(5));

    private static Workshop workshop;

    /// The text's characters are the bytes that are sent.
    record Attack(String name, int status, String text) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void open() throws IOException {
        workshop = new Workshop(Options.on("127.0.0.1", 0)
                .with(BOUNDS)
                .with(PATIENCE)
                .with(new Options.Rates(
                        new Rate(100_000, Duration.ofMinutes(1)), new Rate(100_000, Duration.ofMinutes(1)), 100)));
    }

    @AfterAll
    static void close() {
        workshop.close();
    }

    static Stream<Attack> attacks() throws IOException {
        return Stream.of(requestLines(), heads(), framings(), bodies(), addresses())
                .flatMap(each -> each);
    }

    private static Stream<Attack> requestLines() {
        return Stream.of(
                new Attack("noise", 400, "\u0000\u0001\u0002\u0003\r\n\r\n"),
                new Attack("TLS hello on a plain port", 400, "\u0016\u0003\u0001\u0000\u0005\u0001\r\n\r\n"),
                new Attack("one word", 400, "HELLO\r\n\r\n"),
                new Attack("no version", 400, "GET /open\r\nHost: localhost\r\n\r\n"),
                new Attack("HTTP/1.0", 505, "GET /open HTTP/1.0\r\nHost: localhost\r\n\r\n"),
                new Attack("HTTP/2 preface", 400, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                new Attack("HTTP/9.9", 400, "GET /open HTTP/9.9\r\nHost: localhost\r\n\r\n"),
                new Attack("lines that end with LF only", 400, "GET /open HTTP/1.1\nHost: localhost\n\n"),
                new Attack("CR within the request line", 400, "GET /op\ren HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                new Attack("empty path", 400, "GET  HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                new Attack("unknown method", 405, RawClient.request("BREW /open")),
                new Attack("method in lower case", 404, RawClient.request("get /nothing")),
                new Attack("TRACE", 405, RawClient.request("TRACE /open")),
                new Attack("CONNECT", 404, RawClient.request("CONNECT evil.example:443")),
                new Attack("long address", 414, RawClient.request("GET /" + "a".repeat(3_000))),
                new Attack("endless address", 414, "GET /" + "a".repeat(60_000)),
                new Attack("request line that stops", 408, "GET /open HT"),
                new Attack("space in the address", 400, "GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                new Attack("byte beyond ASCII in the address", 400, "GET /\u00e4 HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }

    private static Stream<Attack> heads() {
        return Stream.of(
                new Attack("no Host", 400, "GET /open HTTP/1.1\r\n\r\n"),
                new Attack("two Hosts", 400, RawClient.request("GET /open", "Host: localhost")),
                new Attack("Host with a path", 400, "GET /open HTTP/1.1\r\nHost: localhost/x\r\n\r\n"),
                new Attack("Host of somebody else", 421, "GET /open HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
                new Attack("address with another host", 404, RawClient.request("GET http://evil.example/open")),
                new Attack("no colon", 400, RawClient.request("GET /open", "Nonsense")),
                new Attack("space before the colon", 400, RawClient.request("GET /open", "X-Name : value")),
                new Attack("folded header", 400, RawClient.request("GET /open", "X-Name: a", " folded")),
                new Attack("NUL in a header", 400, RawClient.request("GET /open", "X-Name: a\u0000b")),
                new Attack("CR in a header", 400, RawClient.request("GET /open", "X-Name: a\rX-Other: b")),
                new Attack("bad header name", 400, RawClient.request("GET /open", "X(Name): a")),
                new Attack("large header", 431, RawClient.request("GET /open", "X-Name: " + "a".repeat(9_000))),
                new Attack("many headers", 431, RawClient.request("GET /open", many(2_000))),
                new Attack("endless header", 431, "GET /open HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(60_000)),
                new Attack("headers that stop", 408, "GET /open HTTP/1.1\r\nHost: loc"));
    }

    private static String[] many(int count) {
        return Stream.generate(() -> "A: b").limit(count).toArray(String[]::new);
    }

    private static Stream<Attack> framings() {
        String json = "Content-Type: application/json";
        String chunked = "Transfer-Encoding: chunked";
        return Stream.of(
                new Attack(
                        "length and chunks",
                        400,
                        RawClient.request("POST /orders", json, chunked, "Content-Length: 5") + "0\r\n\r\n"),
                new Attack(
                        "two lengths",
                        400,
                        RawClient.request("POST /orders", json, "Content-Length: 2", "Content-Length: 3") + "{}"),
                new Attack("negative length", 400, RawClient.request("POST /orders", json, "Content-Length: -1")),
                new Attack(
                        "length that is no number",
                        400,
                        RawClient.request("POST /orders", json, "Content-Length: 0x10")),
                new Attack(
                        "length with a plus",
                        400,
                        RawClient.request("POST /orders", json, "Content-Length: +2") + "{}"),
                new Attack(
                        "length of 30 digits",
                        400,
                        RawClient.request("POST /orders", json, "Content-Length: " + "9".repeat(30))),
                new Attack("large length", 413, RawClient.request("POST /orders", json, "Content-Length: 999999999")),
                new Attack(
                        "body that stops", 408, RawClient.request("POST /orders", json, "Content-Length: 100") + "{"),
                new Attack(
                        "unknown coding",
                        501,
                        RawClient.request("POST /orders", json, "Transfer-Encoding: gzip", chunked)),
                new Attack(
                        "coding that is not last",
                        400,
                        RawClient.request("POST /orders", json, "Transfer-Encoding: chunked, gzip")),
                new Attack("chunks twice", 400, RawClient.request("POST /orders", json, chunked, chunked)),
                new Attack(
                        "chunk size that is no number",
                        400,
                        RawClient.request("POST /orders", json, chunked) + "xyz\r\n"),
                new Attack("negative chunk", 400, RawClient.request("POST /orders", json, chunked) + "-5\r\n"),
                new Attack("huge chunk", 413, RawClient.request("POST /orders", json, chunked) + "7fffffff\r\n"),
                new Attack(
                        "chunk size beyond 64 bits",
                        400,
                        RawClient.request("POST /orders", json, chunked) + "f".repeat(40) + "\r\n"),
                new Attack(
                        "endless chunk size",
                        413,
                        RawClient.request("POST /orders", json, chunked) + "0".repeat(400_000)),
                new Attack(
                        "chunks that end with LF only",
                        400,
                        RawClient.request("POST /orders", json, chunked) + "2\n{}\n0\n\n"),
                new Attack("chunks that stop", 408, RawClient.request("POST /orders", json, chunked) + "5\r\n{"),
                new Attack(
                        "chunks in all too large",
                        413,
                        RawClient.request("POST /orders", json, chunked)
                                + ("1000\r\n" + " ".repeat(4096) + "\r\n").repeat(30)));
    }

    private static Stream<Attack> bodies() throws IOException {
        return Stream.of(
                new Attack("no body", 400, RawClient.post("/orders", "")),
                new Attack("no content type", 415, RawClient.request("POST /orders", "Content-Length: 2") + "{}"),
                new Attack(
                        "form",
                        415,
                        RawClient.request("POST /orders", "Content-Type: text/plain", "Content-Length: 2") + "{}"),
                new Attack(
                        "JSON in Latin 1",
                        415,
                        RawClient.request(
                                        "POST /orders",
                                        "Content-Type: application/json; charset=latin1",
                                        "Content-Length: 2")
                                + "{}"),
                new Attack("half an object", 400, RawClient.post("/orders", "{\"customer\":")),
                new Attack(
                        "trailing garbage", 400, RawClient.post("/orders", "{\"customer\":\"a\",\"item_count\":1} x")),
                new Attack("second object", 400, RawClient.post("/orders", "{\"customer\":\"a\",\"item_count\":1}{}")),
                new Attack(
                        "key twice",
                        400,
                        RawClient.post("/orders", "{\"customer\":\"a\",\"customer\":\"b\",\"item_count\":1}")),
                new Attack("deep nesting", 400, RawClient.post("/orders", "[".repeat(65) + "]".repeat(65))),
                new Attack("very deep nesting", 400, RawClient.post("/orders", "{\"a\":".repeat(15_000))),
                new Attack(
                        "number of 1,000 digits",
                        400,
                        RawClient.post("/orders", "{\"customer\":\"a\",\"item_count\":" + "9".repeat(1_000) + "}")),
                new Attack(
                        "number beyond an int",
                        422,
                        RawClient.post("/orders", "{\"customer\":\"a\",\"item_count\":99999999999}")),
                new Attack(
                        "number with a huge exponent",
                        422,
                        RawClient.post("/orders", "{\"customer\":\"a\",\"item_count\":1e999999999}")),
                new Attack(
                        "weight beyond a double",
                        422,
                        RawClient.post("/orders", "{\"customer\":\"a\",\"item_count\":1,\"weight\":1e999999999}")),
                new Attack("NaN", 400, RawClient.post("/orders", "{\"customer\":\"a\",\"item_count\":NaN}")),
                new Attack("comment", 400, RawClient.post("/orders", "{/* */\"customer\":\"a\",\"item_count\":1}")),
                new Attack("list for an object", 422, RawClient.post("/orders", "[]")),
                new Attack("null", 422, RawClient.post("/orders", "null")),
                new Attack(
                        "long text",
                        422,
                        RawClient.post("/orders", "{\"customer\":\"" + "a".repeat(10_001) + "\",\"item_count\":1}")),
                new Attack(
                        "half a surrogate pair",
                        422,
                        RawClient.post("/orders", "{\"customer\":\"\\ud800\",\"item_count\":1}")),
                new Attack(
                        "NUL in a text", 422, RawClient.post("/orders", "{\"customer\":\"\\u0000\",\"item_count\":1}")),
                new Attack(
                        "what the record refuses",
                        422,
                        RawClient.post("/orders", "{\"customer\":\"a\",\"item_count\":-1}")),
                new Attack("many unknown fields", 422, RawClient.post("/orders", unknown(4_000))),
                raw("bad UTF-8", 400, new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}),
                raw("overlong UTF-8", 400, new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'}),
                raw("UTF-16", 400, "{}".getBytes(StandardCharsets.UTF_16)),
                raw("byte order mark", 400, "\ufeff{}".getBytes(StandardCharsets.UTF_8)),
                raw("gzip that is none", 400, "{}".getBytes(StandardCharsets.UTF_8), "Content-Encoding: gzip"),
                raw("gzip that stops", 400, Arrays.copyOf(gzip(1_000), 15), "Content-Encoding: gzip"),
                raw("gzip bomb", 413, gzip(50_000_000), "Content-Encoding: gzip"),
                raw("unknown packing", 415, new byte[] {1, 2, 3}, "Content-Encoding: zstd"),
                raw("packed twice", 415, gzip(10), "Content-Encoding: gzip, gzip"));
    }

    private static String unknown(int count) {
        StringBuilder body = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            body.append("\"customes").append(i).append("\":1,");
        }
        return body.append("\"last\":1}").toString();
    }

    private static Attack raw(String name, int status, byte[] body, String... headers) throws IOException {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type: application/json";
        all[headers.length + 1] = "Content-Length: " + body.length;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(RawClient.request("POST /orders", all).getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(body);
        return new Attack(name, status, bytes.toString(StandardCharsets.ISO_8859_1));
    }

    private static byte[] gzip(int spaces) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            byte[] some = " ".repeat(1_000).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < spaces; i += some.length) {
                out.write(some, 0, Math.min(some.length, spaces - i));
            }
        }
        return bytes.toByteArray();
    }

    private static Stream<Attack> addresses() {
        return Stream.of(
                new Attack("dot segments", 404, RawClient.request("GET /orders/../open")),
                new Attack("encoded dot segments", 404, RawClient.request("GET /orders/%2e%2e")),
                new Attack("encoded slash", 404, RawClient.request("GET /orders/a%2Fb")),
                new Attack("double slash", 404, RawClient.request("GET //open")),
                new Attack("slash at the end", 404, RawClient.request("GET /open/")),
                new Attack("matrix parameter", 404, RawClient.request("GET /open;a=b")),
                new Attack("half an escape", 400, RawClient.request("GET /orders/%2")),
                new Attack("escape that is none", 400, RawClient.request("GET /orders/%zz")),
                new Attack("encoded NUL", 400, RawClient.request("GET /orders/%00")),
                new Attack("encoded line end", 400, RawClient.request("GET /orders/%0d%0aX-Evil:1")),
                new Attack("encoded bad UTF-8", 400, RawClient.request("GET /orders/%ff")),
                new Attack("bad query", 400, RawClient.request("GET /orders/1?view=%ff")),
                new Attack("parameter twice", 400, RawClient.request("GET /orders/1?view=a&view=b")),
                new Attack("unknown asterisk", 404, RawClient.request("GET *")),
                new Attack("script in the address", 400, RawClient.request("GET /<script>alert(1)</script>")));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void isAnsweredWithAProblem(Attack attack) throws IOException {
        RawClient.Response response = RawClient.exchange(workshop.port(), attack.text());
        String text = (response.headers() + response.body()).toLowerCase(Locale.ROOT);
        assertAll(
                attack.name(),
                () -> assertEquals(attack.status(), response.status(), response.body()),
                () -> assertEquals(
                        "application/problem+json",
                        response.header("Content-Type").orElse("")),
                () -> assertEquals(
                        "nosniff", response.header("X-Content-Type-Options").orElse("")),
                () -> assertTrue(response.header("X-Request-Id").orElse("").startsWith("req_")),
                () -> assertTrue(response.body().contains("\"status\":" + attack.status())),
                () -> assertTrue(
                        Stream.of("exception", "helidon", "jackson", "java.", "<html", "<script", "x-evil")
                                .noneMatch(text::contains),
                        text));
        assertEquals(200, workshop.get("/open").status(), "the server goes on");
    }
}
