package dev.fettle.server.api.state;

import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionFilter;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.Usage;
import dev.fettle.server.api.guard.Visible;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Caller;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.json.Form;
import dev.fettle.server.json.TextForm;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.operation.Parameter;
import dev.fettle.server.operation.Parameter.Kind;
import dev.fettle.server.problem.Problem;
import dev.fettle.server.route.Route;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What model calls took. A user sees their own sum and that of their sessions; the book does not tell whose part of a
/// day or a model was whose, so these are for administrators.
public record UsageRoutes(Ledger ledger, SessionStore sessions, InstantSource clock) {

    private static final List<String> WORDS = Arrays.stream(Ledger.Grouping.values())
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .toList();

    record Line(
            String key,
            long calls,
            long inputTokens,
            long cacheReadTokens,
            long cacheWriteTokens,
            long outputTokens,
            @Form(TextForm.MONEY) String cost,
            long unpricedCalls) {
        static Line of(Ledger.Total total) {
            Usage usage = total.usage();
            return new Line(
                    total.key(),
                    total.calls(),
                    usage.inputTokens(),
                    usage.cacheReadTokens(),
                    usage.cacheWriteTokens(),
                    usage.outputTokens(),
                    total.cost().toString(),
                    total.unpriced());
        }
    }

    record Report(String by, @Form(TextForm.TIME) String since, List<Line> totals) {}

    public List<Route> list() {
        return List.of(Route.get("/api/v1/usage", new Access.Scoped("read"), this::usage)
                .as(Operation.of(
                                "get_usage",
                                "What models took",
                                "Tokens and cost; users see their own, days and models are for administrators.")
                        .with(
                                Parameter.query(
                                        "by", new Kind.Words(WORDS), "What to add up by; `user` if nothing is said."),
                                Parameter.query("since", TextForm.DAY_OR_TIME, "From when on; else this month."))
                        .gives(200, "The sums.", Report.class)));
    }

    private Answer usage(Request request) {
        Caller caller = Visible.caller(request);
        Ledger.Grouping by = request.parameter("by").map(UsageRoutes::grouping).orElse(Ledger.Grouping.USER);
        Instant since = request.parameter("since").map(UsageRoutes::instant).orElseGet(this::month);
        List<Ledger.Total> totals = ledger.totals(by, since);
        if (caller.role() != Caller.Role.ADMIN) {
            totals = own(caller, by, totals);
        }
        return Answer.json(new Report(
                by.name().toLowerCase(Locale.ROOT),
                since.toString(),
                totals.stream().map(Line::of).toList()));
    }

    private List<Ledger.Total> own(Caller caller, Ledger.Grouping by, List<Ledger.Total> totals) {
        Set<String> keys = switch (by) {
            case USER -> Set.of(caller.user());
            case SESSION ->
                sessions.list(SessionFilter.ALL.of(caller.user())).stream()
                        .map(Session::id)
                        .map(Object::toString)
                        .collect(Collectors.toSet());
            case DAY, MODEL ->
                throw new Problem(403, "Only an administrator sees this; ask `by=user` or `by=session`.").exception();
        };
        return totals.stream().filter(total -> keys.contains(total.key())).toList();
    }

    private Instant month() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                .withDayOfMonth(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    private static Ledger.Grouping grouping(String word) {
        return Arrays.stream(Ledger.Grouping.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new Problem(400, "`by` is day, model, session or user.").exception());
    }

    private static Instant instant(String text) {
        try {
            return text.length() == "2026-11-21".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new Problem(400, "`since` is a day or a time in UTC, as 2026-11-21 or 2026-11-21T08:00:00Z.")
                    .exception();
        }
    }
}
