package dev.fettle.app.upkeep;

import dev.fettle.cli.host.Administration;
import dev.fettle.core.audit.Audit;
import dev.fettle.core.report.DailyReport;
import dev.fettle.core.run.QueueStatus;
import dev.fettle.core.user.Keys;
import dev.fettle.core.user.Users;
import dev.fettle.store.run.Runs;
import dev.fettle.store.upkeep.Upkeep;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.SequencedMap;

/// Does for the commands what they are asked for, to the database and the files of this installation.
///
/// @param place the database, for people
public record Administrator(String place, Upkeep database, Runs runs, Housekeeping housekeeping)
        implements Administration {
    @Override
    public Migration migration() {
        return new Migration(
                place, database.migrated().from(), database.migrated().to());
    }

    @Override
    public Users users() {
        return database.books().users();
    }

    @Override
    public Keys keys() {
        return database.books().keys();
    }

    @Override
    public Audit audit() {
        return database.books().audit();
    }

    @Override
    public List<Removed> cleanUp(boolean isRehearsal) {
        return housekeeping.cleanUp(isRehearsal);
    }

    @Override
    public LocalDate yesterday() {
        return database.reports().yesterday();
    }

    @Override
    public DailyReport report(LocalDate day) {
        return housekeeping.report(day);
    }

    @Override
    public QueueStatus queue() {
        return runs.status();
    }

    @Override
    public SequencedMap<String, Long> contents() {
        return database.archive().contents();
    }

    @Override
    public SequencedMap<String, Long> backup(OutputStream out) throws IOException {
        return database.archive().write(out);
    }

    @Override
    public SequencedMap<String, Long> restore(InputStream in) throws IOException {
        return database.archive().restore(in);
    }
}
