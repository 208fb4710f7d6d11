package dev.fettle.server.api.state;

import dev.fettle.core.memory.Memory;
import dev.fettle.core.run.Run;
import dev.fettle.core.session.Session;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import dev.fettle.server.api.guard.Visible;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Caller;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.json.Form;
import dev.fettle.server.json.TextForm;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.route.Route;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What was done so far: by whoever asks, or by everybody if that is an administrator. Facts are personal, so everybody
/// is told of their own only.
public record StatsRoutes(Visible visible, Ledger ledger, Memory memory) {
    /// As far as runs are looked back on.
    private static final int MOST = 10_000;

    record Performance(
            long runs,
            long succeeded,
            long failed,
            double successRate,
            Map<String, Long> byStatus,
            long llmCalls,
            long tokens,
            @Form(TextForm.MONEY) String cost) {}

    record Sessions(long total) {}

    record Remembered(long facts, long characters, long projects) {}

    record Stats(Performance performance, Sessions sessions, Remembered memory) {}

    public List<Route> list() {
        return List.of(Route.get("/api/v1/stats", new Access.Scoped("read"), this::stats)
                .as(Operation.of(
                                "get_stats",
                                "What was done",
                                "By whoever asks, or by everybody if that is an administrator.")
                        .gives(200, "The numbers.", Stats.class)));
    }

    private Answer stats(Request request) {
        Caller caller = Visible.caller(request);
        Memory.Statistics facts = memory.statistics(caller.user());
        return Answer.json(new Stats(
                performance(caller),
                new Sessions(visible.sessions().list().stream()
                        .map(Session::user)
                        .filter(user -> Visible.isVisible(caller, user))
                        .count()),
                new Remembered(facts.facts(), facts.characters(), facts.projects())));
    }

    private Performance performance(Caller caller) {
        List<Run> runs = visible.runs().list(Visible.whose(caller), MOST);
        Map<String, Long> byStatus = new TreeMap<>();
        runs.forEach(run -> byStatus.merge(run.state().word(), 1L, Long::sum));
        long ended = runs.stream().filter(Run::hasEnded).count();
        long succeeded = byStatus.getOrDefault("completed", 0L);
        Ledger.Total spent = ledger.totals(Ledger.Grouping.USER, Instant.EPOCH).stream()
                .filter(total -> Visible.isVisible(caller, total.key()))
                .reduce(new Ledger.Total("", 0, Usage.ZERO, Money.ZERO, 0), Ledger.Total::plus);
        return new Performance(
                runs.size(),
                succeeded,
                ended - succeeded,
                ended == 0 ? 0 : (double) succeeded / ended,
                byStatus,
                spent.calls(),
                spent.usage().total(),
                spent.cost().toString());
    }
}
