package dev.fettle.core.report;

import dev.fettle.core.session.RunId;
import dev.fettle.core.session.Status;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What one day of UTC came to.
///
/// @param runs how many ended that day, by the word of how they did
/// @param slowest runs that ended that day, those that took longest first
/// @param users whoever had a run or a call, those who spent most first
public record DailyReport(
        LocalDate date, Spent spent, Map<String, Long> runs, List<SlowRun> slowest, List<UserShare> users) {
    private static final Set<String> ERRORS =
            Set.of(Status.FAILED.word(), Status.AUTH_ERROR.word(), Status.PROVIDER_UNAVAILABLE.word());

    public DailyReport {
        runs = Collections.unmodifiableMap(new TreeMap<>(runs));
        slowest = List.copyOf(slowest);
        users = List.copyOf(users);
    }

    /// What model calls took.
    ///
    /// @param cost without the calls whose price is unknown
    /// @param unpricedCalls how many those are
    public record Spent(long calls, Usage usage, Money cost, long unpricedCalls) {}

    /// A run that took long.
    ///
    /// @param durationMs from when a worker first took it, waiting for answers included
    public record SlowRun(RunId run, String user, String status, long durationMs) {}

    /// One user's part.
    ///
    /// @param user the id
    /// @param name what people call them; the id where there is no such user
    /// @param errors how many of the runs are errors, see [DailyReport#isError]
    public record UserShare(String user, String name, long runs, long errors, long calls, long tokens, Money cost) {}

    /// Whether a run that ended so counts as an error: something of ours or a provider did not serve. Limits,
    /// refusals and cancelling are what somebody wanted.
    public static boolean isError(String status) {
        return ERRORS.contains(status);
    }

    public long endedRuns() {
        return runs.values().stream().mapToLong(Long::longValue).sum();
    }

    /// From 0 to 1; 0 where no run ended.
    public double errorRate() {
        long errors = runs.entrySet().stream()
                .filter(each -> isError(each.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return endedRuns() == 0 ? 0 : (double) errors / endedRuns();
    }

    /// One line for a log.
    public String line() {
        String outcomes = runs.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%s: %d runs%s, %.2f %% errors; %d model calls, %d tokens, %s%s; %d users%s",
                date,
                endedRuns(),
                outcomes.isEmpty() ? "" : " (" + outcomes + ")",
                errorRate() * 100,
                spent.calls(),
                spent.usage().total(),
                spent.cost().display(),
                spent.unpricedCalls() == 0 ? "" : " and %d calls of unknown price".formatted(spent.unpricedCalls()),
                users.size(),
                slowest.isEmpty()
                        ? ""
                        : "; slowest %s, %d s"
                                .formatted(
                                        slowest.getFirst().run(),
                                        Duration.ofMillis(slowest.getFirst().durationMs())
                                                .toSeconds()));
    }
}
