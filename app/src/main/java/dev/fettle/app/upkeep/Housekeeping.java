package dev.fettle.app.upkeep;

import dev.fettle.cli.host.Administration.Removed;
import dev.fettle.core.report.DailyReport;
import dev.fettle.core.report.ReportSink;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.snapshot.Snapshots;
import dev.fettle.store.run.Job;
import dev.fettle.store.upkeep.OldRows;
import dev.fettle.store.upkeep.Upkeep;
import dev.fettle.tools.kept.KeptDirectories;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The recurring work: a clean-up every hour and a report every night. `fettle admin` does the same when it
/// is asked.
public final class Housekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration CLEAN_UP_EVERY = Duration.ofHours(1);
    private static final LocalTime REPORT_AT = LocalTime.of(2, 0);

    private final Upkeep database;
    private final Keeping keeping;
    private final OutputFiles output;
    private final StaleSnapshots snapshots;
    private final StaleWorkspaces workspaces;
    private final List<ReportSink> sinks;
    private final InstantSource clock;

    private Housekeeping(
            Upkeep database,
            Keeping keeping,
            OutputFiles output,
            StaleSnapshots snapshots,
            StaleWorkspaces workspaces,
            List<ReportSink> sinks,
            InstantSource clock) {
        this.database = database;
        this.keeping = keeping;
        this.output = output;
        this.snapshots = snapshots;
        this.workspaces = workspaces;
        this.sinks = List.copyOf(sinks);
        this.clock = clock;
    }

    /// What there is to be kept in order.
    ///
    /// @param output where commands' output is
    /// @param snapshots where snapshots of trees are kept
    /// @param workspaces empty where no service has been
    public record Premises(
            SessionStore sessions,
            Upkeep database,
            Path output,
            List<Snapshots> snapshots,
            Optional<KeptDirectories> workspaces) {}

    /// The work on some premises.
    ///
    /// @param clock of this machine, by which its files are dated
    public static Housekeeping of(Premises premises, Keeping keeping, List<ReportSink> sinks, InstantSource clock) {
        OldRows rows = premises.database().oldRows();
        return new Housekeeping(
                premises.database(),
                keeping,
                new OutputFiles(premises.output()),
                new StaleSnapshots(
                        premises.snapshots(),
                        (SessionId id) -> premises.sessions().find(id).isPresent(),
                        rows::isInUse),
                new StaleWorkspaces(premises.workspaces(), premises.sessions()),
                sinks,
                clock);
    }

    /// For the workers.
    public List<Job> jobs() {
        return List.of(
                new Job("clean-up", new Job.When.Every(CLEAN_UP_EVERY), () -> cleanUp(false)),
                new Job(
                        "daily-report",
                        new Job.When.DailyAt(REPORT_AT),
                        () -> report(database.reports().yesterday())));
    }

    /// Removes what has been kept long enough, sessions before their snapshots.
    ///
    /// @param isRehearsal whether to leave everything and only say what would go
    public List<Removed> cleanUp(boolean isRehearsal) {
        List<Removed> removed = new ArrayList<>();
        database.oldRows()
                .drop(keeping.rows(), isRehearsal)
                .forEach(each -> removed.add(new Removed(each.what(), each.count(), 0)));
        removed.add(output.drop(clock.instant().minus(keeping.output()), keeping.outputBytes(), isRehearsal));
        removed.add(snapshots.drop(keeping.snapshotBytes(), isRehearsal));
        removed.add(workspaces.drop(keeping.rows().all(), clock.instant(), isRehearsal));
        if (!isRehearsal) {
            LOG.info(
                    "Clean-up removed {}",
                    removed.stream()
                            .map(each -> "%d %s".formatted(each.count(), each.what()))
                            .collect(Collectors.joining(", ")));
        }
        return List.copyOf(removed);
    }

    /// What a day came to. If the day is over it is kept, and whoever wants to know is told the first time.
    public DailyReport report(LocalDate day) {
        Optional<DailyReport> first = database.reports().keep(day);
        first.ifPresent(this::tell);
        return first.orElseGet(() -> database.reports().of(day));
    }

    private void tell(DailyReport report) {
        for (ReportSink sink : sinks) {
            try {
                sink.accept(report);
            } catch (RuntimeException e) {
                LOG.warn("The report of {} was kept, but not everybody could be told", report.date(), e);
            }
        }
    }
}
