package dev.fettle.store.upkeep;

import dev.fettle.core.report.DailyReport;
import dev.fettle.core.report.DailyReport.SlowRun;
import dev.fettle.core.report.DailyReport.Spent;
import dev.fettle.core.report.DailyReport.UserShare;
import dev.fettle.core.report.ReportJson;
import dev.fettle.core.session.RunId;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import dev.fettle.store.sql.Sql;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/// What days came to, added up from bills and runs, and kept once they are over: by then a clean-up may
/// have taken the runs away.
public final class Reports {
    private static final int SLOWEST = 10;
    private static final int MONEY_DECIMALS = 12;
    private static final String SPENT = "count(*), coalesce(sum(input_tokens), 0), coalesce(sum(cache_read_tokens), 0),"
            + " coalesce(sum(cache_write_tokens), 0), coalesce(sum(output_tokens), 0),"
            + " coalesce(sum(reasoning_tokens), 0), coalesce(sum(cost), 0), count(*) - count(cost)";

    private final Sql sql;
    private final InstantSource clock;

    public Reports(Sql sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    private record Day(long from, long to) {
        static Day of(LocalDate date) {
            return new Day(millis(date), millis(date.plusDays(1)));
        }

        private static long millis(LocalDate date) {
            return date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        }
    }

    private record Ended(String user, String status, long count) {}

    /// The day before this one, by the clock that all processes share.
    public LocalDate yesterday() {
        return today().minusDays(1);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /// The report of a day as it was kept, or else as the day looks from here.
    public DailyReport of(LocalDate date) {
        return kept(date).orElseGet(() -> made(date));
    }

    /// Keeps the report of a day that is over.
    ///
    /// @return the report, if nobody has kept one of that day before
    public Optional<DailyReport> keep(LocalDate date) {
        if (!date.isBefore(today()) || kept(date).isPresent()) {
            return Optional.empty();
        }
        DailyReport report = made(date);
        int added = sql.write(() -> sql.update(
                "insert into report (day, made_at, body) values (?, ?, ?) on conflict (day) do nothing",
                date.toString(),
                clock.millis(),
                ReportJson.write(report)));
        return added > 0 ? Optional.of(report) : Optional.empty();
    }

    private Optional<DailyReport> kept(LocalDate date) {
        return sql
                .query("select body from report where day = ?", row -> read(date, row.getString(1)), date.toString())
                .stream()
                .findFirst();
    }

    private DailyReport read(LocalDate date, String body) {
        try {
            return ReportJson.read(body);
        } catch (JacksonException e) {
            throw sql.damaged("the report of %s cannot be read (%s)".formatted(date, e.getOriginalMessage()), e);
        }
    }

    private DailyReport made(LocalDate date) {
        Day day = Day.of(date);
        List<Ended> ended = sql.query(
                "select user_id, status, count(*) from run where ended_at >= ? and ended_at < ? group by user_id, status",
                row -> new Ended(row.getString(1), row.getString(2), row.getLong(3)),
                day.from(),
                day.to());
        Spent spent = sql.query(
                        "select " + SPENT + " from charge where at >= ? and at < ?",
                        row -> spent(row, 0),
                        day.from(),
                        day.to())
                .getFirst();
        return new DailyReport(
                date,
                spent,
                ended.stream().collect(Collectors.groupingBy(Ended::status, Collectors.summingLong(Ended::count))),
                slowest(day),
                shares(day, ended));
    }

    private List<SlowRun> slowest(Day day) {
        return sql.query(
                "select id, user_id, status, ended_at - started_at as took from run"
                        + " where ended_at >= ? and ended_at < ? and started_at is not null"
                        + " order by took desc, id limit ?",
                row -> new SlowRun(new RunId(row.getString(1)), row.getString(2), row.getString(3), row.getLong(4)),
                day.from(),
                day.to(),
                SLOWEST);
    }

    private List<UserShare> shares(Day day, List<Ended> ended) {
        Map<String, Spent> spent = new HashMap<>();
        sql.query(
                        "select user_name, " + SPENT + " from charge where at >= ? and at < ? group by user_name",
                        row -> Map.entry(row.getString(1), spent(row, 1)),
                        day.from(),
                        day.to())
                .forEach(each -> spent.put(each.getKey(), each.getValue()));
        Map<String, String> names = sql
                .query("select id, name from user_account", row -> Map.entry(row.getString(1), row.getString(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        TreeSet<String> users = new TreeSet<>(spent.keySet());
        ended.forEach(each -> users.add(each.user()));
        return users.stream()
                .map(user -> share(
                        user,
                        names.getOrDefault(user, user),
                        spent.getOrDefault(user, new Spent(0, Usage.ZERO, Money.ZERO, 0)),
                        ended.stream().filter(each -> each.user().equals(user)).toList()))
                .sorted(Comparator.comparing(UserShare::cost).reversed())
                .toList();
    }

    private static UserShare share(String user, String name, Spent spent, List<Ended> ended) {
        return new UserShare(
                user,
                name,
                ended.stream().mapToLong(Ended::count).sum(),
                ended.stream()
                        .filter(each -> DailyReport.isError(each.status()))
                        .mapToLong(Ended::count)
                        .sum(),
                spent.calls(),
                spent.usage().total(),
                spent.cost());
    }

    private static Spent spent(ResultSet row, int after) throws SQLException {
        return new Spent(
                row.getLong(after + 1),
                new Usage(
                        row.getLong(after + 2),
                        row.getLong(after + 3),
                        row.getLong(after + 4),
                        row.getLong(after + 5),
                        row.getLong(after + 6)),
                new Money(BigDecimal.valueOf(row.getLong(after + 7), MONEY_DECIMALS)),
                row.getLong(after + 8));
    }
}
