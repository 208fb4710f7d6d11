package dev.fettle.server.wire;

import dev.fettle.core.workspace.kept.ArchiveFormat;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;

/// HTTP/1.1 as the library speaks it, fed through an [Inbound] for each connection. The library's listeners
/// tell how far its parser is.
final class PatientHttp1 implements ServerConnectionSelector {
    private final Http1ConnectionSelector http1;
    private final Bounds bounds;
    private final Patience patience;

    PatientHttp1(Bounds bounds, Patience patience) {
        this.bounds = bounds;
        this.patience = patience;
        // The parser's own bound comes after ours, which answers 431; some of a head may come uncounted with the last
        // request.
        this.http1 = Http1ConnectionSelector.builder()
                .config(Http1Config.builder()
                        .maxPrologueLength(bounds.targetBytes())
                        .maxHeadersSize(2 * bounds.headBytes() + (64 << 10))
                        .validateRequestHeaders(true)
                        .validateResponseHeaders(true)
                        .sendKeepAliveHeader(false)
                        .addReceiveListener(new Received())
                        .addSendListener(new Sent())
                        .build())
                .build();
    }

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        Inbound inbound = new Inbound(context.serverSocket()::get, bounds, patience);
        ServerConnection connection = http1.connection(new PatientContext(context, inbound, inbound.reader()));
        if (connection instanceof InterruptableTask<?> parser) {
            inbound.serves(parser::canInterrupt);
            return new Connection(connection, parser, inbound);
        }
        throw new IllegalStateException("The library's connections no longer tell whether they are between requests");
    }

    private record Connection(ServerConnection http1, InterruptableTask<?> parser, Inbound inbound)
            implements ServerConnection, InterruptableTask<Void> {
        @Override
        public void handle(Limit limit) throws InterruptedException {
            try {
                http1.handle(limit);
            } finally {
                inbound.finish();
            }
        }

        @Override
        public Duration idleTime() {
            // Inbound closes idle connections; the library would count a long answer as idling.
            return Duration.ZERO;
        }

        @Override
        public void close(boolean interrupt) {
            http1.close(interrupt);
        }

        @Override
        public boolean canInterrupt() {
            return parser.canInterrupt();
        }

        @Override
        public void run() {
            throw new UnsupportedOperationException("A connection is handled, not run");
        }
    }

    private static final class Received implements Http1ConnectionListener {
        @Override
        public void prologue(ConnectionContext context, HttpPrologue prologue) {
            if (context instanceof PatientContext patient) {
                patient.inbound().headBegins();
            }
        }

        @Override
        public void headers(ConnectionContext context, Headers headers) {
            if (context instanceof PatientContext patient) {
                // Archives may be longer than other bodies; they are never taken into memory.
                String type = headers.first(HeaderNames.CONTENT_TYPE).orElse("");
                patient.inbound()
                        .exchangeBegins(
                                ArchiveFormat.ofMediaType(type).isPresent(),
                                headers.containsToken(HeaderValues.CONNECTION_CLOSE));
            }
        }
    }

    private static final class Sent implements Http1ConnectionListener {
        @Override
        public void headers(ConnectionContext context, Headers headers) {
            if (context instanceof PatientContext patient) {
                boolean isWhole = headers.contains(HeaderNames.CONTENT_LENGTH);
                patient.inbound().answerBegins(isWhole, headers.containsToken(HeaderValues.CONNECTION_CLOSE));
            }
        }
    }
}
