package dev.fettle.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.core.feed.Feed;
import dev.fettle.core.run.RunLimits;
import dev.fettle.core.session.SessionId;
import dev.fettle.store.feed.FeedContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteFeedTest extends FeedContract {
    private final Path directory;
    private final SqliteSessionStore here;
    private final SqliteSessionStore there;

    SqliteFeedTest(@TempDir Path directory) {
        this.directory = directory;
        here = SqliteSessionStore.open(directory.resolve("sessions.db"), InstantSource.system());
        there = SqliteSessionStore.open(directory.resolve("sessions.db"), InstantSource.system());
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private static Part part(SqliteSessionStore store) {
        return new Part(store, store.feed(), store.runs(RunLimits.DEFAULT));
    }

    @Override
    protected Part here() {
        return part(here);
    }

    @Override
    protected Part there() {
        return part(there);
    }

    @Test
    void whatAnotherProcessWritesIsSeen() throws Exception {
        SessionId session = here.create("/work", "Watched").id();
        Process process = OtherProcess.start(
                AppendingProcess.class,
                directory,
                directory.resolve("sessions.db").toString(),
                session.value(),
                "200");
        try (Feed.Cursor cursor = here.feed().follow(session, 0)) {
            assertEquals(upTo(200), read(cursor, 200));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
