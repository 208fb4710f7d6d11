package dev.fettle.server.wire;

import dev.fettle.core.usage.Deadline;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Content;
import dev.fettle.server.exchange.RequestHead;
import dev.fettle.server.sse.EventSource;
import dev.fettle.server.sse.EventStreams;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Puts answers on the wire.
final class Outbound {
    private final EventStreams streams;
    private final Duration patience;

    Outbound(EventStreams streams, Duration patience) {
        this.streams = streams;
        this.patience = patience;
    }

    /// Returns when the client has it all.
    ///
    /// @throws InterruptedException if the client hung up or is too slow
    void send(RequestHead head, Answer answer, ServerResponse response) throws IOException, InterruptedException {
        response.status(Status.create(answer.status()));
        answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        response.header(HeaderNames.create("X-Request-Id"), head.id());
        boolean isHead = head.method().equals("HEAD");
        switch (answer.content()) {
            case Content.Nothing _ -> response.send();
            case Content.Text text -> {
                response.header(HeaderNames.CONTENT_TYPE, text.type());
                byte[] bytes = text.text().getBytes(StandardCharsets.UTF_8);
                if (isHead) {
                    response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(bytes.length));
                    response.send();
                } else {
                    try (Deadline _ = Deadline.after(patience)) {
                        response.send(bytes);
                    }
                }
            }
            case Content.Stream stream -> {
                response.header(HeaderNames.CONTENT_TYPE, stream.type());
                if (isHead) {
                    response.send();
                } else {
                    Download.send(stream.writing(), response.outputStream(), patience);
                }
            }
            case Content.Events events -> {
                response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
                if (isHead) {
                    response.send();
                } else {
                    stream(head, events.source(), response);
                }
            }
        }
    }

    /// A stream is the last thing on its connection, so that nobody takes its end for the end of something
    /// else.
    private void stream(RequestHead head, EventSource source, ServerResponse response)
            throws IOException, InterruptedException {
        response.header(HeaderNames.CONNECTION, "close");
        try (OutputStream out = response.outputStream()) {
            streams.run(source, head.header("Last-Event-ID"), out);
        }
    }
}
