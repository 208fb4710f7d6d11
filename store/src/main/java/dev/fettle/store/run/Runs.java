package dev.fettle.store.run;

import dev.fettle.core.feed.Notices;
import dev.fettle.core.monitor.Statistics;
import dev.fettle.core.run.QueueStatus;
import dev.fettle.core.run.RunCarrier;
import dev.fettle.core.run.RunLimits;
import dev.fettle.core.run.RunQueue;
import dev.fettle.store.sql.SessionTable;
import dev.fettle.store.sql.Sql;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// The runs of a database: their queue, and what works it off in this process.
public final class Runs {
    private final Sql sql;
    private final SessionTable sessions;
    private final InstantSource clock;
    private final Supplier<RunEngine.Connections> connections;
    private final RunTable table;

    /// Runs that nobody here works on yet.
    ///
    /// @param clock shared by all processes
    /// @param connections called when an engine is made
    /// @param notices told of each change, and wakes the engine
    public Runs(
            Sql sql,
            SessionTable sessions,
            InstantSource clock,
            Supplier<RunEngine.Connections> connections,
            RunLimits limits,
            Notices notices) {
        this.sql = sql;
        this.sessions = sessions;
        this.clock = clock;
        this.connections = connections;
        this.table = new RunTable(sql, limits, clock, notices);
    }

    public RunQueue queue() {
        return table;
    }

    /// How the queue stands, for whoever looks after it.
    public QueueStatus status() {
        return table.status();
    }

    /// What they came to so far.
    public Statistics statistics() {
        return new RunStatistics(sql);
    }

    /// Makes the process a worker. The engine is yet to be started; whoever has it closes it.
    public RunEngine engine(RunCarrier carrier, List<Job> jobs, RunEngine.Options options) {
        return new RunEngine(
                sql,
                connections.get(),
                table,
                worker -> new RunTask(table, sessions, carrier, worker, options.lease()),
                jobs,
                clock,
                options);
    }
}
