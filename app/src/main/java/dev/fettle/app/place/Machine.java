package dev.fettle.app.place;

import dev.fettle.app.config.Home;
import dev.fettle.code.shell.BashGrammar;
import dev.fettle.core.permission.command.CommandParser;
import dev.fettle.tools.confine.VisibleFiles;
import dev.fettle.tools.git.GitFetch;
import dev.fettle.tools.process.OutputDirectory;
import dev.fettle.tools.process.ProcessShell;
import dev.fettle.tools.sandbox.Rung;
import dev.fettle.tools.sandbox.SandboxProbe;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What all places on this machine share: how commands are confined here, what they see of the environment, how they
/// are read, and the rules of the machine.
public final class Machine {
    private final Home home;
    private final Map<String, String> environment;
    private final SandboxProbe probe;
    private final CommandParser grammar = new BashGrammar();
    private final PolicyFiles policyFiles;
    private Optional<Rung> confined = Optional.empty();

    /// A machine on which nothing has been tried yet.
    public Machine(Home home, Map<String, String> environment) {
        this.home = home;
        this.environment = Map.copyOf(environment);
        this.policyFiles = new PolicyFiles(home, grammar);
        this.probe = new SandboxProbe(
                environment.getOrDefault("PATH", ""),
                new VisibleFiles(
                        Path.of(environment.getOrDefault("HOME", System.getProperty("user.home"))),
                        Path.of(System.getProperty("java.home")),
                        List.of(home.output())),
                home.directory().resolve("guards"));
    }

    Home home() {
        return home;
    }

    CommandParser grammar() {
        return grammar;
    }

    PolicyFiles policyFiles() {
        return policyFiles;
    }

    /// What may be seen of the environment by commands.
    Map<String, String> visibleEnvironment() {
        return ProcessShell.allowedEnvironment(environment);
    }

    /// How commands are confined here. What confines them is kept for all; where nothing does, the next who asks tries
    /// again, for something may have been installed, or the machine was too busy for the trial.
    public synchronized Rung rung() {
        if (confined.isEmpty()) {
            Rung found = probe.find();
            if (!(found instanceof Rung.Confined)) {
                return found;
            }
            confined = Optional.of(found);
        }
        return confined.get();
    }

    /// What fetches repositories runs its commands in: confined where that is possible.
    public GitFetch.Shells shells() {
        CommandSandbox sandbox = CommandSandbox.probing(this);
        return (directory, additions, confinement) -> {
            Map<String, String> visible = new HashMap<>(visibleEnvironment());
            visible.putAll(additions);
            visible.values().removeIf(String::isEmpty);
            return new ProcessShell(directory, visible, new OutputDirectory(home.output()), sandbox, confinement);
        };
    }
}
