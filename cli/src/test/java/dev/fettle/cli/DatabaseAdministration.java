package dev.fettle.cli;

import dev.fettle.cli.host.Administration;
import dev.fettle.core.audit.Audit;
import dev.fettle.core.report.DailyReport;
import dev.fettle.core.run.QueueStatus;
import dev.fettle.core.run.RunLimits;
import dev.fettle.core.user.Keys;
import dev.fettle.core.user.Users;
import dev.fettle.store.SqliteSessionStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.SequencedMap;

/// Looks after a database without an installation around it.
///
/// @param removed what a clean-up says that it removed
record DatabaseAdministration(SqliteSessionStore store, Migration migration, List<Removed> removed)
        implements Administration {
    @Override
    public Users users() {
        return store.books().users();
    }

    @Override
    public Keys keys() {
        return store.books().keys();
    }

    @Override
    public Audit audit() {
        return store.books().audit();
    }

    @Override
    public List<Removed> cleanUp(boolean isRehearsal) {
        return removed;
    }

    @Override
    public LocalDate yesterday() {
        return store.upkeep().reports().yesterday();
    }

    @Override
    public DailyReport report(LocalDate day) {
        return store.upkeep().reports().of(day);
    }

    @Override
    public QueueStatus queue() {
        return store.runs(RunLimits.DEFAULT).status();
    }

    @Override
    public SequencedMap<String, Long> contents() {
        return store.upkeep().archive().contents();
    }

    @Override
    public SequencedMap<String, Long> backup(OutputStream out) throws IOException {
        return store.upkeep().archive().write(out);
    }

    @Override
    public SequencedMap<String, Long> restore(InputStream in) throws IOException {
        return store.upkeep().archive().restore(in);
    }
}
