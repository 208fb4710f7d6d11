package dev.fettle.server.exchange;

import dev.fettle.server.sse.EventSource;
import java.io.IOException;
import java.io.OutputStream;

/// What an answer carries.
public sealed interface Content {
    record Nothing() implements Content {}

    /// What fits into memory.
    ///
    /// @param type the media type; UTF-8 is understood
    record Text(String type, String text) implements Content {}

    /// What is written while the client takes it.
    ///
    /// @param type the media type, with its charset where it has one
    record Stream(String type, Writing writing) implements Content {}

    /// Something that can be written once. What goes wrong in its middle can only be told by an answer that breaks off.
    interface Writing {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    /// Server-sent events, from where the client's `Last-Event-ID` left off.
    record Events(EventSource source) implements Content {}
}
