package dev.fettle.server.api.state;

import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.operation.Reply;
import dev.fettle.server.route.Route;
import java.util.List;
import java.util.function.Supplier;

/// Numbers for Prometheus. They tell of everybody, so where there are keys they are for administrators; not even a
/// loopback address opens them, for there a proxy may stand before us.
///
/// @param type the media type of the text
public record MetricsRoutes(Access access, String type, Supplier<String> text) {
    public List<Route> list() {
        return List.of(Route.get("/metrics", access, _ -> Answer.text(type, text.get()))
                .as(Operation.of(
                                "get_metrics",
                                "Metrics for Prometheus",
                                "What this process has counted since its start, of everybody; so it is for administrators.")
                        .gives(Reply.text(type, "The metrics.")))
                .asProbe());
    }
}
