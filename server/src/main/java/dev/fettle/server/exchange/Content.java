package dev.fettle.server.exchange;

import dev.fettle.server.sse.EventSource;

/// What an answer carries.
public sealed interface Content {
    record Nothing() implements Content {}

    /// What fits into memory.
    ///
    /// @param type the media type; UTF-8 is understood
    record Text(String type, String text) implements Content {}

    /// Server-sent events, from where the client's `Last-Event-ID` left off.
    record Events(EventSource source) implements Content {}
}
