package dev.fettle.app.serve;

import dev.fettle.app.place.Machine;
import dev.fettle.server.api.state.Dependency;
import dev.fettle.tools.sandbox.Rung;
import java.time.Duration;

/// What confines the commands of runs in this process. Without it they are asked one by one.
///
/// @param isWanted whether the settings want one
public record SandboxDependency(Machine machine, boolean isWanted) implements Dependency {
    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public Level worst() {
        return Level.DEGRADED;
    }

    /// Where nothing confines them, looking means starting processes.
    @Override
    public Duration goodFor() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Condition check() {
        if (!isWanted) {
            return Condition.up("AGENT_SANDBOX is none");
        }
        return switch (machine.rung()) {
            case Rung.Confined confined -> Condition.up(confined.found());
            case Rung.Partly partly -> Condition.up("%s, because %s".formatted(partly.found(), partly.why()));
            case Rung.None none -> new Condition(Level.DEGRADED, "none: %s (%s)".formatted(none.why(), none.remedy()));
        };
    }
}
