package dev.fettle.store.run;

import dev.fettle.core.run.RunLimits;
import dev.fettle.core.session.SessionStore;
import dev.fettle.store.postgres.FreshDatabase;
import dev.fettle.store.postgres.PostgresSessionStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

final class PostgresRunsTest extends RunsContract {
    private static FreshDatabase database;
    private static PostgresSessionStore store;

    @BeforeAll
    static void open() {
        database = new FreshDatabase();
        store = database.open();
    }

    @AfterAll
    static void close() {
        if (store != null) {
            store.close();
        }
    }

    @AfterEach
    void empty() {
        database.run("truncate run, scheduled_tasks, session, session_event");
    }

    @Override
    protected SessionStore sessions() {
        return store;
    }

    @Override
    protected Runs runs(RunLimits limits) {
        return store.runs(limits);
    }

    @Override
    protected void execute(String sql) {
        database.run(sql);
    }
}
