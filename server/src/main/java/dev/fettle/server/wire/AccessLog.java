package dev.fettle.server.wire;

import dev.fettle.core.monitor.Monitor;
import dev.fettle.core.monitor.Occurrence;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// One line a request, and a word to whoever counts them. It has the route's pattern and not the path, and never a
/// query, a header or a body, since secrets travel in all of these; nothing in it was chosen by a client, but for the
/// request's id, which is checked.
record AccessLog(Monitor monitor) {
    private static final Logger LOG = LoggerFactory.getLogger("dev.fettle.server.access");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x21-\\x7e]");

    /// What is told of a request.
    ///
    /// @param run how the run stood that it was about
    /// @param isCut whether the client did not get all of the answer
    record Line(
            String method,
            String route,
            int status,
            Duration took,
            long bytes,
            String user,
            String request,
            String client,
            Optional<String> run,
            boolean isStream,
            boolean isCut) {}

    void write(Line line) {
        String method = METHODS.contains(line.method()) ? line.method() : "OTHER";
        monitor.tell(
                new Occurrence.Served(method, line.route(), line.status(), line.took(), line.run(), line.isStream()));
        LoggingEventBuilder event = LOG.atInfo()
                .addKeyValue("method", method)
                .addKeyValue("route", line.route())
                .addKeyValue("status", line.status())
                .addKeyValue("ms", line.took().toMillis())
                .addKeyValue("bytes", line.bytes())
                .addKeyValue("user", UNPRINTABLE.matcher(line.user()).replaceAll("_"))
                .addKeyValue("request_id", line.request())
                .addKeyValue("client", line.client());
        if (line.isCut()) {
            event = event.addKeyValue("cut", true);
        }
        event.log(line.isCut() ? "not taken" : "answered");
    }
}
