package dev.fettle.app.wiring;

import dev.fettle.cli.host.Host;
import dev.fettle.store.run.RunEngine;

/// A process that does what the queue has for it.
record WorkerRole(String name, RunEngine engine) implements Host.Role {
    @Override
    public void start() {
        engine.start();
    }

    @Override
    public void close() {
        engine.close();
    }
}
