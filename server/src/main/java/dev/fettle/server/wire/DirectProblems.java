package dev.fettle.server.wire;

import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Content;
import dev.fettle.server.gate.SecurityHeaders;
import dev.fettle.server.problem.Problem;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Answers what is no request, before any handler sees it, in the form of all other problems. The
/// connection is closed afterwards: nobody knows where the next request would begin.
final class DirectProblems implements DirectHandler {
    private final RequestIds ids;
    private final AccessLog log;

    private DirectProblems(RequestIds ids, AccessLog log) {
        this.ids = ids;
        this.log = log;
    }

    static DirectHandlers handlers(RequestIds ids, AccessLog log) {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        DirectProblems problems = new DirectProblems(ids, log);
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, problems);
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders headers,
            @SuppressWarnings("NullAway") String ignored) {
        String id = ids.fresh();
        Answer answer = SecurityHeaders.on(Answer.of(problem(status.code()), id));
        String text = answer.content() instanceof Content.Text document ? document.text() : "";
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        log.write(new AccessLog.Line(
                request.method(),
                "-",
                status.code(),
                Duration.ZERO,
                body.length,
                "-",
                id,
                "-",
                Optional.empty(),
                false,
                false));
        TransportResponse.Builder response = TransportResponse.builder()
                .status(status)
                .keepAlive(false)
                .header(HeaderNames.CONTENT_TYPE, "application/problem+json")
                .header(HeaderNames.create("X-Request-Id"), id);
        answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        return response.entity(body).build();
    }

    static Problem problem(int status) {
        return new Problem(
                status,
                switch (status) {
                    case 408 -> "The request took too long to arrive.";
                    case 413 -> "The body is too large.";
                    case 414 -> "The address is too long.";
                    case 431 -> "The headers are too large.";
                    case 501 -> "Bodies are only taken plain or chunked.";
                    case 503 -> "Too many requests at once; try again.";
                    case 505 -> "Only HTTP/1.1 is spoken here.";
                    default ->
                        status < 500
                                ? "This is not a valid HTTP/1.1 request."
                                : "Something is wrong with this server. Tell its operator the request id.";
                });
    }
}
