package dev.fettle.app.wiring;

import dev.fettle.app.serve.MetricsPort;
import dev.fettle.cli.host.Host;
import dev.fettle.store.run.RunEngine;
import java.util.List;
import java.util.Optional;

/// A process that does what the queue has for it.
///
/// @param port closed last, so that it can be watched to the end
record WorkerRole(String name, RunEngine engine, Optional<MetricsPort> port) implements Host.Role {
    @Override
    public void start() {
        port.ifPresent(MetricsPort::open);
        engine.start();
    }

    @Override
    public List<String> greetings() {
        return port.map(MetricsPort::greeting).stream().toList();
    }

    @Override
    public void close() {
        engine.close();
        port.ifPresent(MetricsPort::close);
    }
}
