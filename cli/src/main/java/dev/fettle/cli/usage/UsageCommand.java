package dev.fettle.cli.usage;

import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import dev.fettle.core.usage.Ledger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Reads the ledger, which also knows the calls of sessions that were deleted.
@Command(
        name = "usage",
        header = "Show what model calls took: tokens and money.",
        description = {
            "",
            "INPUT is what was processed in full, CACHED what the provider had in its prompt cache; REASONING is "
                    + "part of OUTPUT. Calls of deleted sessions count too. Days are those of UTC.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fettle usage",
            "  fettle usage --by model --since 2026-11-01",
            "  fettle usage --by session --json | jq -r .total.cost_usd"
        })
public final class UsageCommand implements Callable<Integer> {
    private final Host host;
    private final Console console;

    @Option(
            names = "--by",
            defaultValue = "day",
            paramLabel = "KEY",
            description = "day, model, session or user (default: ${DEFAULT-VALUE}).")
    private Ledger.Grouping by = Ledger.Grouping.DAY;

    @Option(names = "--since", paramLabel = "DATE", description = "From this day on, as 2026-11-21.")
    private @Nullable LocalDate since;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    public UsageCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Override
    public Integer call() {
        Instant from = since == null
                ? Instant.EPOCH
                : since.atStartOfDay(ZoneOffset.UTC).toInstant();
        List<Ledger.Total> rows = host.ledger().totals(by, from);
        if (json) {
            console.out().println(UsageTable.json(by, rows));
        } else if (rows.isEmpty()) {
            console.err()
                    .println(
                            since == null
                                    ? "No model has been called yet; `fettle run` enters each call here."
                                    : "No model was called since %s; leave out --since to see all calls."
                                            .formatted(since));
        } else {
            console.out().print(UsageTable.text(by, rows));
            long unpriced = UsageTable.sum(rows).unpriced();
            if (unpriced > 0) {
                console.err()
                        .println(
                                "%d call(s) are not in the costs: their model's price is not known. models.json can tell it."
                                        .formatted(unpriced));
            }
        }
        return ExitCode.COMPLETED;
    }
}
