package dev.fettle.app.wiring;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.config.Settings;
import dev.fettle.app.place.WorkRoot;
import dev.fettle.cli.host.CommandException;
import dev.fettle.code.shell.BashGrammar;
import dev.fettle.core.agent.Agent;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.Policy;
import dev.fettle.core.permission.SandboxPolicy;
import dev.fettle.core.permission.rule.Remembered;
import dev.fettle.core.permission.rule.Rule;
import dev.fettle.core.permission.rule.Rulebook;
import dev.fettle.core.workspace.Confinement;
import dev.fettle.core.workspace.ReadOnlyWorkspace;
import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.tools.confine.VisibleFiles;
import dev.fettle.tools.git.GitFetch;
import dev.fettle.tools.process.OutputDirectory;
import dev.fettle.tools.process.ProcessShell;
import dev.fettle.tools.quota.BoundedWorkspace;
import dev.fettle.tools.sandbox.Rung;
import dev.fettle.tools.sandbox.SandboxProbe;
import dev.fettle.tools.workspace.LocalWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Where a run takes place: the directory it works in, how far its commands reach, and what it may do without asking.
final class Surroundings {
    private final Configuration configuration;
    private final Home home;
    private final Path root;
    private final CommandSandbox sandbox;
    private final ProcessShell shell;
    private final PolicyFiles policyFiles;
    private final Rulebook rulebook;

    /// Surroundings as configured. Nothing is tried yet.
    ///
    /// @param directory the current directory
    /// @param mask takes secrets out of what is kept of commands' output
    /// @throws CommandException if the directory to work in is none
    Surroundings(
            Configuration configuration,
            Home home,
            Map<String, String> environment,
            Path directory,
            UnaryOperator<String> mask) {
        this.configuration = configuration;
        this.home = home;
        this.root = directory.resolve(configuration.find(Settings.WORK_DIR).orElse(directory));
        if (!Files.isDirectory(root)) {
            throw CommandException.usage(
                    "The workspace `%s` is not a directory; name one with --workspace or WORK_DIR.".formatted(root));
        }
        BashGrammar grammar = new BashGrammar();
        this.policyFiles = PolicyFiles.of(home, root, grammar);
        this.rulebook = new Rulebook(
                policyFiles.rules(), root.toAbsolutePath().normalize().toString(), grammar, this::located);
        SandboxProbe probe = probe(home, environment);
        this.sandbox = isUnwanted() ? CommandSandbox.switchedOff(probe) : CommandSandbox.probing(probe);
        this.shell = new ProcessShell(
                root,
                ProcessShell.allowedEnvironment(environment),
                new OutputDirectory(home.output(), mask),
                sandbox,
                new Confinement(mode(), configuration.get(Settings.AGENT_NETWORK)));
    }

    static SandboxProbe probe(Home home, Map<String, String> environment) {
        return new SandboxProbe(
                environment.getOrDefault("PATH", ""),
                new VisibleFiles(
                        Path.of(environment.getOrDefault("HOME", System.getProperty("user.home"))),
                        Path.of(System.getProperty("java.home")),
                        List.of(home.output())),
                home.directory().resolve("guards"));
    }

    /// What fetches repositories runs its commands in: confined where that is possible.
    static GitFetch.Shells shells(Home home, Map<String, String> environment) {
        CommandSandbox sandbox = CommandSandbox.probing(probe(home, environment));
        return (directory, additions, confinement) -> {
            Map<String, String> visible = new HashMap<>(ProcessShell.allowedEnvironment(environment));
            visible.putAll(additions);
            visible.values().removeIf(String::isEmpty);
            return new ProcessShell(directory, visible, new OutputDirectory(home.output()), sandbox, confinement);
        };
    }

    /// The directory to work in.
    Path root() {
        return root;
    }

    Workspace workspace() {
        WorkRoot service = WorkRoot.of(configuration, home.directory());
        Workspace whole = new LocalWorkspace(root, shell);
        Workspace local = service.holds(root) ? new BoundedWorkspace(whole, root, service.quota()) : whole;
        if (configuration.get(Settings.READONLY_MODE)) {
            return new ReadOnlyWorkspace(local);
        }
        return mayWrite() ? local : new ReadOnlyWorkspace(local, shell);
    }

    /// The policy, and whoever answers where it asks: what a person says may become a rule.
    Agent.Guard guard(Approver person) {
        return new Agent.Guard(policy(), new Remembered(person, rulebook, policyFiles::keep));
    }

    Policy policy() {
        return rulebook.over(
                configuration.get(Settings.READONLY_MODE)
                        ? Policy.READ_ONLY
                        : new SandboxPolicy(mayWrite(), sandbox::whyUnconfined));
    }

    List<Rule> rules() {
        return rulebook.rules();
    }

    /// Where a path of the workspace leads, links followed; the path itself if it leads nowhere.
    private String located(String path) {
        try {
            Path existing = root.resolve(path).normalize();
            Path missing = Path.of("");
            while (!Files.exists(existing) && existing.getParent() != null) {
                missing = existing.getFileName().resolve(missing);
                existing = existing.getParent();
            }
            return root.toRealPath()
                    .relativize(existing.toRealPath().resolve(missing).normalize())
                    .toString();
        } catch (IOException | InvalidPathException e) {
            return path;
        }
    }

    /// The shell of the agent's commands, for somebody who counts on the sandbox.
    ///
    /// @throws CommandException if there is no sandbox and nobody said that none is wanted
    Shell confinedShell() {
        if (!isUnwanted() && sandbox.rung() instanceof Rung.None none) {
            throw CommandException.usage("There is no sandbox here: %s. Mend it with: %s. Without one: --mode none."
                    .formatted(none.why(), none.remedy()));
        }
        return shell;
    }

    private boolean isUnwanted() {
        return configuration.get(Settings.AGENT_SANDBOX).equals("none");
    }

    private boolean mayWrite() {
        return mode() != Confinement.Mode.READ_ONLY;
    }

    private Confinement.Mode mode() {
        return Arrays.stream(Confinement.Mode.values())
                .filter(each -> each.word().equals(configuration.get(Settings.AGENT_SANDBOX)))
                .findFirst()
                .orElse(Confinement.Mode.FULL);
    }
}
