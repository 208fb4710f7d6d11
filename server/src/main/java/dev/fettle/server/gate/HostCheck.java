package dev.fettle.server.gate;

import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Handler;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.problem.Problem;
import java.util.Locale;
import java.util.Set;

/// Refuses requests that were sent to another name. A web page can make its own name point at this machine
/// and then have the browser of a developer talk to a server that only listens here; the `Host` header
/// gives it away.
public final class HostCheck implements Handler {
    private final Set<String> allowed;
    private final Handler next;

    /// Checks before the next handler.
    ///
    /// @param allowed names without ports, in lower case; if there are none, all pass
    public HostCheck(Set<String> allowed, Handler next) {
        this.allowed = Set.copyOf(allowed);
        this.next = next;
    }

    @Override
    public Answer answer(Request request) throws InterruptedException {
        String host = request.head()
                .header("Host")
                .orElse("")
                .replaceFirst(":[0-9]*$", "")
                .toLowerCase(Locale.ROOT);
        if (!allowed.isEmpty() && !allowed.contains(host)) {
            throw new Problem(421, "This server does not answer under that name; its operator can allow it.")
                    .exception();
        }
        return next.answer(request);
    }
}
