package dev.fettle.server.wire;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line a request. It has the route's pattern and not the path, and never a query, a header or a body,
/// since secrets travel in all of these; nothing in it was chosen by a client, but for the request's id,
/// which is checked.
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.fettle.server.access");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x21-\\x7e]");

    private AccessLog() {}

    /// What is told of a request.
    ///
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
            boolean isCut) {}

    static void write(Line line) {
        LOG.info(
                "method={} route={} status={} ms={} bytes={} user={} request={} client={}{}",
                METHODS.contains(line.method()) ? line.method() : "OTHER",
                line.route(),
                line.status(),
                line.took().toMillis(),
                line.bytes(),
                UNPRINTABLE.matcher(line.user()).replaceAll("_"),
                line.request(),
                line.client(),
                line.isCut() ? " cut=true" : "");
    }
}
