package dev.fettle.cli.usage;

import dev.fettle.cli.render.ResultJson;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Totals of the ledger, for people and for programs.
final class UsageTable {
    private static final String TOTAL = "total";

    private UsageTable() {}

    static Ledger.Total sum(List<Ledger.Total> rows) {
        return rows.stream().reduce(new Ledger.Total(TOTAL, 0, Usage.ZERO, Money.ZERO, 0), Ledger.Total::plus);
    }

    static String text(Ledger.Grouping by, List<Ledger.Total> rows) {
        int width = Stream.concat(rows.stream().map(Ledger.Total::key), Stream.of(TOTAL, by.name()))
                .mapToInt(String::length)
                .max()
                .orElse(0);
        String head = line(width, by.name(), "CALLS", "INPUT", "CACHED", "OUTPUT", "REASONING", "COST");
        return Stream.concat(rows.stream(), Stream.of(sum(rows)))
                .map(row -> line(width, row))
                .collect(Collectors.joining("", head, ""));
    }

    private static String line(int width, Ledger.Total row) {
        Usage usage = row.usage();
        return line(
                width,
                row.key(),
                count(row.calls()),
                count(usage.inputTokens() + usage.cacheWriteTokens()),
                count(usage.cacheReadTokens()),
                count(usage.outputTokens()),
                count(usage.reasoningTokens()),
                cost(row));
    }

    private static String line(int width, String key, String... columns) {
        return Stream.of(columns)
                .map(column -> String.format(Locale.ROOT, "%14s", column))
                .collect(Collectors.joining("", key + " ".repeat(width - key.length()), "\n"));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String cost(Ledger.Total row) {
        return row.unpriced() == row.calls() ? "unknown" : row.cost().display() + (row.unpriced() > 0 ? "+?" : "");
    }

    static String json(Ledger.Grouping by, List<Ledger.Total> rows) {
        ObjectNode json =
                JsonMapper.shared().createObjectNode().put("by", by.name().toLowerCase(Locale.ROOT));
        ArrayNode array = json.putArray("rows");
        rows.forEach(row -> array.add(json(row)));
        json.set(TOTAL, json(sum(rows)).without("key"));
        return json.toPrettyString();
    }

    private static ObjectNode json(Ledger.Total row) {
        ObjectNode json =
                JsonMapper.shared().createObjectNode().put("key", row.key()).put("calls", row.calls());
        json.set("usage", ResultJson.usage(row.usage()));
        return json.put("cost_usd", row.cost().toString()).put("unpriced_calls", row.unpriced());
    }
}
