package dev.fettle.app.place;

import dev.fettle.tools.process.Sandbox;
import dev.fettle.tools.process.Unconfined;
import dev.fettle.tools.sandbox.Rung;
import java.io.IOException;
import java.util.Optional;

/// The sandbox of an agent's commands. What works on this machine is found out when the first command comes; where
/// nothing does, a command that was approved all the same runs unconfined.
final class CommandSandbox implements Sandbox {
    private final Machine machine;
    private Optional<Rung> found;

    private CommandSandbox(Machine machine, Optional<Rung> found) {
        this.machine = machine;
        this.found = found;
    }

    static CommandSandbox probing(Machine machine) {
        return new CommandSandbox(machine, Optional.empty());
    }

    /// None, because the user wants none.
    static CommandSandbox switchedOff(Machine machine) {
        return new CommandSandbox(
                machine, Optional.of(new Rung.None("AGENT_SANDBOX is none.", "set AGENT_SANDBOX to workspace-write")));
    }

    synchronized Rung rung() {
        if (found.isEmpty()) {
            found = Optional.of(machine.rung());
        }
        return found.get();
    }

    /// Why commands are not confined, with the remedy; empty if they are.
    Optional<String> whyUnconfined() {
        return switch (rung()) {
            case Rung.Confined _ -> Optional.empty();
            case Rung.Partly partly
            when isRoot() ->
                Optional.of("%s cannot keep root from changing the modes of files outside (%s; %s)"
                        .formatted(partly.found(), partly.why(), partly.remedy()));
            case Rung.Partly _ -> Optional.empty();
            case Rung.None none -> Optional.of("%s (%s)".formatted(none.why(), none.remedy()));
        };
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    @Override
    public String name() {
        return sandbox().name();
    }

    @Override
    public Started start(Launch launch) throws IOException {
        return sandbox().start(launch);
    }

    private Sandbox sandbox() {
        return switch (rung()) {
            case Rung.Confined confined -> confined.sandbox();
            case Rung.Partly partly -> partly.sandbox();
            case Rung.None _ -> new Unconfined();
        };
    }
}
