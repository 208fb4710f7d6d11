package dev.fettle.app.place;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.config.Settings;
import dev.fettle.cli.host.CommandException;
import dev.fettle.core.agent.Agent;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.Policy;
import dev.fettle.core.permission.SandboxPolicy;
import dev.fettle.core.permission.rule.Remembered;
import dev.fettle.core.permission.rule.Rule;
import dev.fettle.core.permission.rule.Rulebook;
import dev.fettle.core.workspace.Confinement;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.ReadOnlyWorkspace;
import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.tools.process.OutputDirectory;
import dev.fettle.tools.process.ProcessShell;
import dev.fettle.tools.quota.BoundedWorkspace;
import dev.fettle.tools.sandbox.Rung;
import dev.fettle.tools.search.Tree;
import dev.fettle.tools.workspace.LocalWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// Where a run takes place: the directory it works in, how far its commands reach, and what it may do without asking.
public final class Surroundings {
    private final Configuration configuration;
    private final Machine machine;
    private final Path root;
    private final CommandSandbox sandbox;
    private final ProcessShell shell;
    private final Rulebook rulebook;

    /// Surroundings as configured. Nothing is tried yet.
    ///
    /// @param directory the current directory
    /// @param mask takes secrets out of what is kept of commands' output
    /// @throws CommandException if the directory to work in is none
    public Surroundings(Configuration configuration, Machine machine, Path directory, UnaryOperator<String> mask) {
        this.configuration = configuration;
        this.machine = machine;
        this.root = directory.resolve(configuration.find(Settings.WORK_DIR).orElse(directory));
        if (!Files.isDirectory(root)) {
            throw CommandException.usage(
                    "There is no directory `%s` to work in; put it there, or name another with -C DIR or WORK_DIR."
                            .formatted(root));
        }
        this.rulebook = new Rulebook(
                machine.policyFiles().rules(root),
                root.toAbsolutePath().normalize().toString(),
                machine.grammar(),
                this::located);
        this.sandbox = isUnwanted() ? CommandSandbox.switchedOff(machine) : CommandSandbox.probing(machine);
        this.shell = new ProcessShell(
                root,
                machine.visibleEnvironment(),
                new OutputDirectory(machine.home().output(), mask),
                sandbox,
                new Confinement(mode(), configuration.get(Settings.AGENT_NETWORK)));
    }

    /// The directory to work in.
    public Path root() {
        return root;
    }

    public Workspace workspace() {
        WorkRoot service = WorkRoot.of(configuration, machine.home().directory());
        Workspace whole = new LocalWorkspace(root, shell);
        Workspace local = service.holds(root) ? new BoundedWorkspace(whole, root, service.quota()) : whole;
        if (configuration.get(Settings.READONLY_MODE)) {
            return new ReadOnlyWorkspace(local);
        }
        return mayWrite() ? local : new ReadOnlyWorkspace(local, shell);
    }

    /// The policy, and whoever answers where it asks: what a person says may become a rule.
    public Agent.Guard guard(Approver person) {
        return new Agent.Guard(policy(), new Remembered(person, rulebook, machine.policyFiles()::keep));
    }

    public Policy policy() {
        return rulebook.over(
                configuration.get(Settings.READONLY_MODE)
                        ? Policy.READ_ONLY
                        : new SandboxPolicy(mayWrite(), sandbox::whyUnconfined));
    }

    public List<Rule> rules() {
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
    public Shell confinedShell() {
        if (!isUnwanted() && sandbox.rung() instanceof Rung.None none) {
            throw CommandException.usage(
                    "There is no sandbox here: %s. Mend it with: %s. Without one: AGENT_SANDBOX=none."
                            .formatted(none.why(), none.remedy()));
        }
        return shell;
    }

    /// Whether commands are kept in a sandbox here.
    public boolean isConfined() {
        return !isUnwanted() && sandbox.whyUnconfined().isEmpty();
    }

    /// The files of the workspace without what git ignores, at most so many.
    public List<String> files(int most) {
        List<String> files = new ArrayList<>();
        try {
            new Tree(workspace()).walk(FilePath.ROOT, file -> {
                files.add(file.path().toString());
                return files.size() < most;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return files;
    }

    /// The same, for somebody who may do what the settings allow: no commands in a workspace that may only be looked
    /// at.
    public Shell commands() {
        confinedShell();
        return workspace().shell();
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
