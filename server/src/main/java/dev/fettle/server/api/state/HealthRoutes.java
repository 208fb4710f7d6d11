package dev.fettle.server.api.state;

import dev.fettle.server.api.state.Dependency.Level;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.gate.Authenticator;
import dev.fettle.server.problem.ProblemException;
import dev.fettle.server.route.Route;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether the service lives and serves. Open to all; what exactly is wrong is for those who are known.
public record HealthRoutes(Checkup checkup, Authenticator authenticator) {

    record Detail(String status, String detail) {}

    record Health(String status, Instant timestamp, Optional<Map<String, Detail>> checks) {
        Map<String, Object> shown() {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("status", status);
            shown.put("timestamp", timestamp.toString());
            checks.ifPresent(each -> shown.put("checks", each));
            return shown;
        }
    }

    public List<Route> list() {
        Access open = new Access.Open();
        return List.of(
                Route.get("/health/live", open, _ -> Answer.json(Map.of("status", "ok"))),
                Route.get("/health/ready", open, this::ready),
                Route.get("/health", open, this::health),
                Route.get("/api/v1/health", open, this::health));
    }

    private Answer ready(Request request) throws InterruptedException {
        Level level = checkup.report().level();
        return Answer.json(status(level), Map.of("status", level.word()));
    }

    private Answer health(Request request) throws InterruptedException {
        Checkup.Report report = checkup.report();
        Optional<Map<String, Detail>> checks = isKnown(request) ? Optional.of(details(report)) : Optional.empty();
        Health health = new Health(report.level().word(), report.at(), checks);
        return Answer.json(status(report.level()), health.shown());
    }

    /// With the database away nobody is known, and health is asked for all the more.
    private boolean isKnown(Request request) {
        try {
            return authenticator.authenticate(request.head()).isPresent();
        } catch (ProblemException e) {
            return false;
        }
    }

    private static Map<String, Detail> details(Checkup.Report report) {
        Map<String, Detail> details = new LinkedHashMap<>();
        report.found()
                .forEach(each -> details.put(
                        each.name(),
                        new Detail(
                                each.condition().level().word(),
                                each.condition().detail())));
        return details;
    }

    private static int status(Level level) {
        return level == Level.DOWN ? 503 : 200;
    }
}
