package dev.fettle.server.api.state;

import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.gate.Authenticator;
import dev.fettle.server.json.Form;
import dev.fettle.server.json.TextForm;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.problem.ProblemException;
import dev.fettle.server.route.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether the service lives and serves. Open to all; what exactly is wrong is for those who are known.
public record HealthRoutes(Checkup checkup, Authenticator authenticator) {

    /// How one dependency stands.
    ///
    /// @param ageMs how long ago that was found
    record Detail(@Form(TextForm.HEALTH) String status, String detail, long ageMs) {}

    record Health(@Form(TextForm.HEALTH) String status, Instant timestamp, Optional<Map<String, Detail>> checks) {}

    record Standing(@Form(TextForm.HEALTH) String status) {}

    public List<Route> list() {
        Access open = new Access.Open();
        return Stream.of(
                        Route.get("/health/live", open, _ -> Answer.json(new Standing("ok")))
                                .as(Operation.of("is_live", "Whether the process answers", "It does.")
                                        .gives(200, "It does.", Standing.class)),
                        Route.get("/health/ready", open, this::ready)
                                .as(Operation.of(
                                                "is_ready", "Whether requests are welcome", "Or better sent elsewhere.")
                                        .gives(200, "They are.", Standing.class)
                                        .gives(503, "They are better sent elsewhere.", Standing.class)),
                        Route.get("/health", open, this::health).as(checked("get_health")),
                        Route.get("/api/v1/health", open, this::health).as(checked("get_api_health")))
                .map(Route::asProbe)
                .toList();
    }

    private static Operation checked(String id) {
        return Operation.of(id, "How the service is", "What exactly is wrong is told to those who send a key.")
                .gives(200, "It serves, or part of it does.", Health.class)
                .gives(503, "It does not serve.", Health.class);
    }

    private Answer ready(Request request) throws InterruptedException {
        Dependency.Level level = checkup.report().level();
        return Answer.json(status(level), new Standing(level.word()));
    }

    private Answer health(Request request) throws InterruptedException {
        Checkup.Report report = checkup.report();
        Optional<Map<String, Detail>> checks = isKnown(request) ? Optional.of(details(report)) : Optional.empty();
        Health health = new Health(report.level().word(), report.at(), checks);
        return Answer.json(status(report.level()), health);
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
                                each.condition().detail(),
                                Math.max(
                                        0,
                                        Duration.between(each.at(), report.at()).toMillis()))));
        return details;
    }

    private static int status(Dependency.Level level) {
        return level == Dependency.Level.DOWN ? 503 : 200;
    }
}
