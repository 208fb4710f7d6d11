package dev.fettle.server.wire;

import dev.fettle.core.trace.Correlation;
import dev.fettle.core.trace.Trace;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Content;
import dev.fettle.server.exchange.Destination;
import dev.fettle.server.exchange.Handler;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.exchange.RequestHead;
import dev.fettle.server.exchange.Trail;
import dev.fettle.server.gate.Intake;
import dev.fettle.server.route.Routes;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/// Takes each request off the wire, has it answered and puts the answer on the wire; then tells the log.
final class Exchanges implements io.helidon.webserver.http.Handler {
    /// What some proxies log for a client that did not wait; never sent.
    private static final int NOBODY_WAITED = 499;

    private final Heads heads;
    private final Routes routes;
    private final Handler gates;
    private final Outbound outbound;
    private final Intake intake;
    private final Bounds bounds;
    private final AccessLog log;

    Exchanges(
            Heads heads, Routes routes, Handler gates, Outbound outbound, Intake intake, Bounds bounds, AccessLog log) {
        this.heads = heads;
        this.routes = routes;
        this.gates = gates;
        this.outbound = outbound;
        this.intake = intake;
        this.bounds = bounds;
        this.log = log;
    }

    @Override
    public void handle(ServerRequest sent, ServerResponse response) {
        long begun = System.nanoTime();
        RequestHead head = heads.of(sent);
        Destination destination = routes.find(head.method(), head.path());
        Correlation correlation = correlation(head);
        correlation.call(() -> {
            exchange(begun, head, destination, new Trail(correlation), sent, response);
            return head;
        });
    }

    /// Goes on with the trace that the client is in the middle of.
    private static Correlation correlation(RequestHead head) {
        Trace trace = head.header("traceparent")
                .flatMap(Trace::parse)
                .map(Trace::next)
                .orElseGet(Trace::begin);
        return new Correlation(trace).with(Correlation.Id.REQUEST, head.id());
    }

    private void exchange(
            long begun,
            RequestHead head,
            Destination destination,
            Trail trail,
            ServerRequest sent,
            ServerResponse response) {
        int status = NOBODY_WAITED;
        boolean isCut = true;
        boolean isStream = false;
        try (Intake.Visit _ = intake.enter()) {
            SentBody body = new SentBody(
                    sent.content(), head.header("Content-Encoding"), head.header("Content-Length"), bounds);
            Answer answer = gates.answer(new Request(head, destination, body, trail));
            status = answer.status();
            isStream = answer.content() instanceof Content.Events;
            outbound.send(head, answer, response);
            isCut = false;
        } catch (InterruptedException | IOException | UncheckedIOException | CloseConnectionException e) {
            throw new CloseConnectionException("Nobody takes the answer to " + head, e);
        } finally {
            trail.end();
            log.write(new AccessLog.Line(
                    head.method(),
                    destination.pattern(),
                    status,
                    Duration.ofNanos(System.nanoTime() - begun),
                    response.bytesWritten(),
                    trail.user(),
                    head.id(),
                    head.client(),
                    trail.run(),
                    isStream,
                    isCut));
        }
    }
}
