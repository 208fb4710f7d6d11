package dev.fettle.store.run;

import dev.fettle.core.monitor.Statistics;
import dev.fettle.store.sql.Sql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What runs came to: those that have ended by their tally, the others as they stand.
record RunStatistics(Sql sql) implements Statistics {
    private static final int LAST = 1_000;

    @Override
    public Totals of(Optional<String> user) {
        Map<String, Long> tally = sums("select name, sum(amount) from tally", "", "group by name", user);
        Map<String, Long> runs = named(tally, Tallies.RUN);
        runs.putAll(sums(
                "select status, count(*) from run",
                "status in ('queued', 'ready', 'running', 'waiting')",
                "group by status",
                user));
        return new Totals(
                runs,
                tally.getOrDefault(Tallies.CALLS, 0L),
                tally.getOrDefault(Tallies.TOKENS, 0L),
                Tallies.money(tally.getOrDefault(Tallies.COST, 0L)),
                named(tally, Tallies.TOOL),
                durations(user),
                sums("select 'all', count(*) from session", "", "", user).getOrDefault("all", 0L));
    }

    private Map<String, Long> sums(String what, String condition, String rest, Optional<String> user) {
        Map<String, Long> sums = new HashMap<>();
        sql.query(
                        what + where(condition, user) + rest,
                        row -> Map.entry(row.getString(1), row.getLong(2)),
                        user.stream().toArray())
                .forEach(each -> sums.put(each.getKey(), each.getValue()));
        return sums;
    }

    private static String where(String condition, Optional<String> user) {
        String whose = user.isPresent() ? "user_id = ?" : "";
        String and = whose.isEmpty() || condition.isEmpty() ? "" : " and ";
        return whose.isEmpty() && condition.isEmpty() ? " " : " where " + whose + and + condition + " ";
    }

    private static Map<String, Long> named(Map<String, Long> tally, String prefix) {
        Map<String, Long> named = new HashMap<>();
        tally.forEach((name, amount) -> {
            if (name.startsWith(prefix)) {
                named.put(name.substring(prefix.length()), amount);
            }
        });
        return named;
    }

    private Durations durations(Optional<String> user) {
        List<Long> took = sql
                .query(
                        "select ended_at - started_at from run"
                                + where("ended_at is not null and started_at is not null", user)
                                + "order by ended_at desc limit " + LAST,
                        row -> row.getLong(1),
                        user.stream().toArray())
                .stream()
                .sorted()
                .toList();
        return new Durations(took.size(), percentile(took, 50), percentile(took, 95));
    }

    /// By nearest rank.
    private static long percentile(List<Long> sorted, int percent) {
        return sorted.isEmpty() ? 0 : sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }
}
