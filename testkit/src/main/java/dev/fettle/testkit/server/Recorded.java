package dev.fettle.testkit.server;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A request that the server received.
public final class Recorded {
    private final URI uri;
    private final Map<String, String> headers;
    private volatile byte[] body;
    private final long arrivedNanos;
    private volatile long answeredNanos;

    Recorded(URI uri, Map<String, String> headers, byte[] body, long arrivedNanos) {
        this.uri = uri;
        this.headers = headers;
        this.body = body;
        this.arrivedNanos = arrivedNanos;
    }

    public String path() {
        return uri.getPath();
    }

    /// What follows the `?` in the address; empty if nothing.
    public String query() {
        return uri.getQuery() == null ? "" : uri.getQuery();
    }

    /// The value of a header, by its name in any case.
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /// The body as it was sent; empty if the server keeps no bodies.
    public byte[] body() {
        return body.clone();
    }

    /// The body as text.
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return WireFormat.JSON.readTree(body);
    }

    /// The name of the tool that the model called last, in the conversation that the request carries.
    public Optional<String> lastToolCalled() {
        return WireFormat.of(path()).flatMap(format -> format.lastToolCalled(json()));
    }

    /// [System#nanoTime] when the whole request had arrived.
    public long arrivedNanos() {
        return arrivedNanos;
    }

    /// [System#nanoTime] when the last byte of the answer was written; 0 before that.
    public long answeredNanos() {
        return answeredNanos;
    }

    void answered() {
        answeredNanos = System.nanoTime();
    }

    void forgetBody() {
        body = new byte[0];
    }
}
