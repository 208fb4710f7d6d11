package dev.fettle.store.postgres;

import dev.fettle.store.feed.Line;
import dev.fettle.store.feed.NoticesContract;
import dev.fettle.testkit.postgres.PostgresServer;
import java.io.IOException;

final class PostgresNoticesTest extends NoticesContract {
    private final FreshDatabase database = new FreshDatabase();

    @Override
    protected Line line() {
        return new PostgresLine(DatabaseAddress.of(database.url()));
    }

    @Override
    protected void breakOff() {
        PostgresServer.shared().stop();
    }

    @Override
    protected void mend() throws IOException {
        PostgresServer.shared().start();
    }
}
