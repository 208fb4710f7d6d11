package dev.fettle.server.wire;

import java.time.Duration;

/// How long a client may take, in all and not from byte to byte: who sends a byte now and then is slow too.
///
/// @param idle until a request begins
/// @param head from the first byte of a request to the end of its headers
/// @param body from there to the end of its body
/// @param upload from there to the end of an archive
/// @param write to accept an answer
public record Patience(Duration idle, Duration head, Duration body, Duration upload, Duration write) {
    public static final Patience DEFAULT = new Patience(
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            Duration.ofSeconds(30));

    /// The same, and no more time for archives than for other bodies.
    public Patience(Duration idle, Duration head, Duration body, Duration write) {
        this(idle, head, body, body, write);
    }
}
