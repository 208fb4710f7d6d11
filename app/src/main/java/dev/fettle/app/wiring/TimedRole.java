package dev.fettle.app.wiring;

import dev.fettle.cli.host.Host;
import java.util.List;

/// A role that says how long it took to get ready.
///
/// @param last what is got ready when it starts
record TimedRole(Host.Role role, StartUp startUp, String last) implements Host.Role {
    @Override
    public String name() {
        return role.name();
    }

    @Override
    public void start() {
        startUp.alone(new StartUp.Part(last, role::start));
    }

    @Override
    public String readiness() {
        return "%s is ready in %s".formatted(name(), startUp);
    }

    @Override
    public List<String> greetings() {
        return role.greetings();
    }

    @Override
    public void close() {
        role.close();
    }
}
