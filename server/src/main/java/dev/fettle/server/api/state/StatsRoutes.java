package dev.fettle.server.api.state;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fettle.core.memory.Memory;
import dev.fettle.core.monitor.Statistics;
import dev.fettle.core.session.Status;
import dev.fettle.server.api.guard.Visible;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Caller;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.json.Form;
import dev.fettle.server.json.TextForm;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.route.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What was done so far: for whoever asks, or for everybody if that is an administrator. Facts are personal,
/// so everybody is told of their own only. What was added up is good for some seconds, however many ask.
public final class StatsRoutes {
    private static final Duration GOOD_FOR = Duration.ofSeconds(5);
    private static final int MOST = 10_000;
    private static final List<String> ENDS =
            Arrays.stream(Status.values()).map(Status::word).toList();

    private final Statistics statistics;
    private final Memory memory;
    private final Cache<Optional<String>, Statistics.Totals> known;

    public StatsRoutes(Statistics statistics, Memory memory, InstantSource clock) {
        this.statistics = statistics;
        this.memory = memory;
        this.known = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(GOOD_FOR)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    /// @param runs all that were asked for; those that succeeded or failed have ended
    record Performance(
            long runs,
            long succeeded,
            long failed,
            double successRate,
            Map<String, Long> byStatus,
            long llmCalls,
            long tokens,
            @Form(TextForm.MONEY) String cost,
            Map<String, Long> tools,
            Statistics.Durations durations) {}

    record Sessions(long total, long active) {}

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
        Statistics.Totals totals = known.get(Visible.whose(caller), statistics::of);
        Memory.Statistics facts = memory.statistics(caller.user());
        return Answer.json(new Stats(
                performance(totals),
                new Sessions(totals.sessions(), totals.runs().getOrDefault("running", 0L)),
                new Remembered(facts.facts(), facts.characters(), facts.projects())));
    }

    private static Performance performance(Statistics.Totals totals) {
        Map<String, Long> byStatus = totals.runs();
        long ended =
                ENDS.stream().mapToLong(each -> byStatus.getOrDefault(each, 0L)).sum();
        long succeeded = byStatus.getOrDefault(Status.COMPLETED.word(), 0L);
        return new Performance(
                byStatus.values().stream().mapToLong(Long::longValue).sum(),
                succeeded,
                ended - succeeded,
                ended == 0 ? 0 : (double) succeeded / ended,
                byStatus,
                totals.calls(),
                totals.tokens(),
                totals.cost().toString(),
                totals.tools(),
                totals.durations());
    }
}
