package dev.fettle.core.trace;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A piece of work and the larger one it is part of, by the ids of W3C Trace Context
/// (<https://www.w3.org/TR/trace-context/>).
///
/// @param traceId 32 hexadecimal digits, the same for everything that one request led to
/// @param spanId 16 of them, for this piece
public record Trace(String traceId, String spanId) {
    /// What a trace is called where it is handed on by name, as OpenTelemetry does in environments.
    public static final String NAME = "TRACEPARENT";

    private static final Pattern HEADER =
            Pattern.compile("(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(-.*)?");
    private static final int DIGITS = 32;

    public Trace {
        if (!traceId.matches("[0-9a-f]{32}") || !spanId.matches("[0-9a-f]{16}")) {
            throw new IllegalArgumentException("Not the ids of a trace: `%s`, `%s`".formatted(traceId, spanId));
        }
    }

    /// A trace that begins here.
    public static Trace begin() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        // The odd bit keeps it from being all zeros, which is no id.
        return new Trace(hex(random.nextLong()) + hex(random.nextLong() | 1), span());
    }

    /// The trace of something that has an id of its own: its 32 digits.
    public static Trace named(String id) {
        return new Trace(id.substring(id.length() - DIGITS), span());
    }

    /// What a `traceparent` header says; empty if it says nothing that the standard allows.
    public static Optional<Trace> parse(String header) {
        Matcher parts = HEADER.matcher(header);
        return parts.matches() && (parts.group(4) == null || !parts.group(1).equals("00"))
                ? Optional.of(new Trace(parts.group(2), parts.group(3)))
                : Optional.empty();
    }

    /// Another piece of the same work.
    public Trace next() {
        return new Trace(traceId, span());
    }

    /// As a `traceparent` header.
    public String header() {
        return "00-%s-%s-01".formatted(traceId, spanId);
    }

    private static String span() {
        return hex(ThreadLocalRandom.current().nextLong() | 1);
    }

    private static String hex(long bits) {
        return HexFormat.of().toHexDigits(bits);
    }
}
