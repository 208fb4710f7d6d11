package dev.fettle.cli.host;

import dev.fettle.core.audit.Audit;
import dev.fettle.core.report.DailyReport;
import dev.fettle.core.run.QueueStatus;
import dev.fettle.core.session.Session;
import dev.fettle.core.user.Keys;
import dev.fettle.core.user.Users;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.SequencedMap;

/// What whoever looks after an installation can do to it.
public interface Administration {

    /// What had to be done to the database when it was opened.
    Migration migration();

    /// How the tables came to their version.
    ///
    /// @param place where they are, for people
    /// @param from the version they had; zero if there were none
    record Migration(String place, int from, int to) {}

    Users users();

    Keys keys();

    Audit audit();

    /// Puts down what was done at the terminal.
    default void note(String action, String subject, String detail) {
        audit().append(Session.LOCAL_USER, action, subject, detail);
    }

    /// Removes what has been kept long enough.
    ///
    /// @param isRehearsal whether to leave everything and only say what would go
    List<Removed> cleanUp(boolean isRehearsal);

    /// What went of one kind.
    ///
    /// @param what in the plural, for people and programs: `audit entries`
    /// @param bytes on the disk; zero where that is not known
    record Removed(String what, long count, long bytes) {}

    /// The day before this one, of UTC.
    LocalDate yesterday();

    /// What a day came to; kept if the day is over.
    DailyReport report(LocalDate day);

    QueueStatus queue();

    /// How much the database holds, by table.
    SequencedMap<String, Long> contents();

    /// Writes all that the database holds.
    ///
    /// @return how much that was, by table
    /// @throws IOException if the stream does not take it
    SequencedMap<String, Long> backup(OutputStream out) throws IOException;

    /// Puts what was written so in the place of all that the database holds.
    ///
    /// @return how much that was, by table
    /// @throws IOException with what is wrong with the stream; then nothing has changed
    SequencedMap<String, Long> restore(InputStream in) throws IOException;
}
