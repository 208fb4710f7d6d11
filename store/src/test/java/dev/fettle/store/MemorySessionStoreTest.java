package dev.fettle.store;

import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.testkit.MemorySessionStore;
import dev.fettle.testkit.SessionStoreContract;

/// The stand-in that other modules test with keeps the same contract as the real store.
final class MemorySessionStoreTest extends SessionStoreContract {
    private final MemorySessionStore store = new MemorySessionStore(clock);

    @Override
    protected SessionStore store() {
        return store;
    }

    @Override
    protected void loseOwner(SessionId id) {
        store.abandon(id);
    }
}
