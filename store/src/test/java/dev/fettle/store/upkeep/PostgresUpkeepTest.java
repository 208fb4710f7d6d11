package dev.fettle.store.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.core.run.RunLimits;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.usage.Ledger;
import dev.fettle.store.postgres.FreshDatabase;
import dev.fettle.store.postgres.PostgresSessionStore;
import dev.fettle.store.run.Runs;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PostgresUpkeepTest extends UpkeepContract {
    private final FreshDatabase database = new FreshDatabase().withSettableClock();
    private final PostgresSessionStore store = database.open();

    PostgresUpkeepTest() {
        database.setClock(clock.instant());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    SessionStore sessions() {
        return store;
    }

    @Override
    Ledger ledger() {
        return store.ledger();
    }

    @Override
    Runs runs() {
        return store.runs(RunLimits.DEFAULT);
    }

    @Override
    Upkeep upkeep() {
        return store.upkeep();
    }

    @Override
    void advance(Duration by) {
        super.advance(by);
        database.setClock(clock.instant());
    }

    @Override
    void execute(String sql) {
        database.run(sql);
    }

    @Test
    void openingSaysFromWhichVersionToWhich() {
        int version = upkeep().migrated().to();
        assertEquals(0, upkeep().migrated().from());
        database.run("alter table fact drop column meaning, drop column meaning_model;"
                + " delete from flyway_schema_history where version = '%d'".formatted(version));
        try (PostgresSessionStore second = database.open();
                PostgresSessionStore third = database.open()) {
            assertEquals(new Migrated(version - 1, version), second.upkeep().migrated());
            assertEquals(Migrated.none(version), third.upkeep().migrated());
        }
    }
}
