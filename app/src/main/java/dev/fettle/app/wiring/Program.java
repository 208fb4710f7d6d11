package dev.fettle.app.wiring;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.config.Setting;
import dev.fettle.app.config.Settings;
import dev.fettle.app.config.TrustedFiles;
import dev.fettle.app.debug.LocalDebugging;
import dev.fettle.app.debug.SnapshotMark;
import dev.fettle.app.demo.DemoProject;
import dev.fettle.app.demo.DemoWorkspace;
import dev.fettle.app.insight.Comprehension;
import dev.fettle.app.insight.ModelView;
import dev.fettle.app.models.ModelAccess;
import dev.fettle.app.models.ModelDirectory;
import dev.fettle.app.place.Surroundings;
import dev.fettle.app.upkeep.DailyCleanUp;
import dev.fettle.app.watch.Logging;
import dev.fettle.cli.host.Administration;
import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.Debugging;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.code.debug.Bisection;
import dev.fettle.code.debug.Investigation;
import dev.fettle.code.index.Progress;
import dev.fettle.code.repair.Repair;
import dev.fettle.code.runner.TestBench;
import dev.fettle.code.runner.tool.KnownRunners;
import dev.fettle.core.agent.Agent;
import dev.fettle.core.agent.Assignment;
import dev.fettle.core.feed.Feed;
import dev.fettle.core.memory.Memory;
import dev.fettle.core.model.Model;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.Policy;
import dev.fettle.core.permission.SandboxPolicy;
import dev.fettle.core.permission.rule.Rule;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.secret.SecretScan;
import dev.fettle.core.secret.Secrets;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.undo.Undo;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.Limits;
import dev.fettle.core.workspace.Confinement;
import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.worktree.Worktrees;
import dev.fettle.providers.http.Wire;
import dev.fettle.providers.replay.RecordedSession;
import dev.fettle.providers.replay.RecordedTool;
import dev.fettle.providers.replay.Recording;
import dev.fettle.providers.replay.ReplayedModel;
import dev.fettle.providers.replay.StrictReplay;
import dev.fettle.store.SqliteRepair;
import dev.fettle.store.SqliteSessionStore;
import dev.fettle.tools.git.GitIdentity;
import dev.fettle.tools.process.ProcessShell;
import dev.fettle.tools.workspace.LocalWorkspace;
import dev.fettle.tools.worktree.LocalWorktrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The whole program, wired by hand, as its commands see it. [Parts] is what there is one of, [Agents] what an agent is
/// made of, [Roles] what servers and workers are. Nothing is opened before a command asks for it; closing the program
/// closes what was opened.
public final class Program implements Host, AutoCloseable {
    private static final int MOST_FILES = 50_000;
    private static final int MOST_SYMBOLS = 40;

    private final Parts parts;
    private final Agents agents;
    private final Logging logging;
    private Optional<Configuration> configured = Optional.empty();

    /// A program that has opened nothing yet.
    ///
    /// @param directory the current directory
    public Program(Path directory, Map<String, String> environment) {
        this(directory, environment, Logging.NONE);
    }

    /// The same, in a process whose log is its own.
    public Program(Path directory, Map<String, String> environment, Logging logging) {
        this.parts = new Parts(directory, environment);
        this.agents = new Agents(parts);
        this.logging = logging;
    }

    @Override
    public Equipped agent(Flags flags, Approver approver) {
        return agents.agent(configuration(flags), approver);
    }

    @Override
    public RunQueue runs(Flags flags) {
        configuration(flags);
        return storage().runs().queue();
    }

    @Override
    public Role worker(Flags flags) {
        return roles(configuration(flags)).worker();
    }

    @Override
    public Role scheduler() {
        return roles(configured()).scheduler();
    }

    @Override
    public Role server(Flags flags, Serving serving) {
        return roles(configuration(flags)).server(flags, serving);
    }

    @Override
    public Administration administration() {
        return roles(configured()).administration();
    }

    /// Its storage is opened first, and so closed after it.
    @Override
    public void cleanUpDaily(Flags flags) {
        Roles roles = roles(configuration(flags));
        Administration administration = roles.administration();
        parts.open(new DailyCleanUp(parts.home().cleaned(), parts.clock(), () -> administration.cleanUp(false)));
    }

    private Roles roles(Configuration configuration) {
        return new Roles(parts, configuration, logging);
    }

    @Override
    public Replay replay(Flags flags, Path recording, Approver approver) {
        Configuration configuration = configuration(flags);
        RecordedSession recorded = recorded(directory().resolve(recording));
        String[] name = recorded.model().split("/", 2);
        Model model = parts.catalogue().find(name[0], name.length == 2 ? name[1] : "");
        Surroundings surroundings = agents.surroundings(configuration);
        Assignment assignment = new Assignment(
                surroundings.workspace(),
                model,
                Limits.DEFAULT,
                parts.instructions(),
                parts.secrets(configuration),
                Optional.empty());
        Agent agent = new Agent(
                parts.open(new PassingStore(parts.clock())).sessions(),
                assignment,
                new StrictReplay(recorded),
                parts.toolbox()
                        .with(new RecordedTool("remember", Effect.UNSAFE, recorded))
                        .with(new RecordedTool("delegate", Effect.READ, recorded)),
                surroundings.guard(approver),
                parts.clock());
        return new Replay(agent, model, recorded.prompts(), recorded.outcome());
    }

    private static RecordedSession recorded(Path file) {
        try {
            return RecordedSession.parse(Files.readString(file));
        } catch (IOException e) {
            throw CommandException.usage("The recording `%s` cannot be read: %s".formatted(file, e));
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("`%s` cannot be replayed: %s".formatted(file, e.getMessage()));
        }
    }

    @Override
    public List<ModelRow> models(Flags flags) {
        return models().rows(configuration(flags));
    }

    @Override
    public List<Reached> reach(Flags flags, List<String> names) {
        Configuration configuration = configuration(flags);
        Wire wire = parts.open(new Wire(ModelAccess.timeouts(configuration), parts.clock()));
        ModelDirectory models = models();
        return names.isEmpty()
                ? models.configured(configuration, wire)
                : names.stream()
                        .map(name -> models.named(
                                name, () -> configuration(flags.with(Settings.LLM_MODEL.name(), name)), wire))
                        .toList();
    }

    private ModelDirectory models() {
        return new ModelDirectory(parts.catalogue(), parts.plugins());
    }

    @Override
    public String mask(String text) {
        return configured
                .map(read -> parts.secrets(read).mask(text))
                .orElseGet(() -> Secrets.unconfigured().mask(text));
    }

    @Override
    public Shell shell(Flags flags) {
        return agents.surroundings(configuration(flags)).confinedShell();
    }

    @Override
    public Debugging debugging(Flags flags, Duration timeout, Consumer<String> live) {
        Configuration configuration = configuration(flags);
        Surroundings surroundings = agents.surroundings(configuration);
        TestBench bench = new TestBench(surroundings.workspace(), surroundings.commands(), live);
        Supplier<TestBench> looking = () -> new TestBench(bench.workspace(), lookingOnly(flags, configuration), live);
        return new LocalDebugging(
                new Investigation(bench, KnownRunners.ALL, timeout),
                bench.workspace(),
                () -> new Bisection(looking.get(), timeout),
                () -> new Repair(looking.get()),
                () -> new SnapshotMark(parts.snapshots(configuration), surroundings.root(), parts.clock()));
    }

    @Override
    public Flags lookingOnly(Flags flags) {
        return agents.surroundings(configuration(flags)).isConfined()
                ? flags.with(Settings.AGENT_SANDBOX.name(), Confinement.Mode.READ_ONLY.word())
                : flags.with(Settings.READONLY_MODE.name(), "true");
    }

    /// A shell whose commands can change nothing here; the same as ever where none are confined.
    private Shell lookingOnly(Flags flags, Configuration configuration) {
        Flags looking = configuration.get(Settings.AGENT_SANDBOX).equals("none")
                ? flags
                : flags.with(Settings.AGENT_SANDBOX.name(), Confinement.Mode.READ_ONLY.word());
        return agents.surroundings(parts.read(looking)).confinedShell();
    }

    @Override
    public Policy policy(Flags flags) {
        return agents.surroundings(configuration(flags)).policy();
    }

    @Override
    public List<Rule> rules(Flags flags) {
        return agents.surroundings(configuration(flags)).rules();
    }

    @Override
    public List<Seen> context(Flags flags, Optional<SessionId> session, String prompt, Consumer<String> live) {
        Configuration configuration = configuration(flags);
        ModelView view = new ModelView(
                parts.context(configuration, Session.LOCAL_USER),
                parts.toolbox(configuration, Session.LOCAL_USER),
                agents.surroundings(configuration).workspace());
        Conversation conversation = Conversation.of(
                session.map(id -> storage().sessions().history(id)).orElse(List.of()));
        return view.patient(parts.indexes(), live).of(conversation, prompt);
    }

    @Override
    public Facts memory(Flags flags) {
        Configuration configuration = configuration(flags);
        return new Facts(
                parts.memory(configuration),
                Memory.Scope.of(
                        Session.LOCAL_USER, agents.surroundings(configuration).workspace()));
    }

    @Override
    public Understood understand(Flags flags, Subject subject, Consumer<String> live) {
        Comprehension comprehension = new Comprehension(parts.indexes(), this::shell, Progress.saying(live));
        return switch (subject) {
            case Subject.Place place ->
                comprehension.place(
                        flags,
                        agents.surroundings(configuration(flags))
                                .root()
                                .toAbsolutePath()
                                .normalize(),
                        directory().resolve(place.path()));
            case Subject.Snippet snippet -> comprehension.snippet(flags, snippet);
        };
    }

    @Override
    public Demo demo(Approver approver) {
        try {
            Path parent = Files.createTempDirectory("fettle-demo-");
            DemoWorkspace shop = DemoWorkspace.in(parent, parts.environment());
            Assignment assignment = new Assignment(
                    shop.workspace(),
                    DemoProject.MODEL,
                    Limits.DEFAULT,
                    parts.instructions().impersonal(),
                    Secrets.unconfigured(),
                    Optional.empty());
            Agent agent = new Agent(
                    parts.open(SqliteSessionStore.open(parent.resolve("sessions.db"), parts.clock())),
                    assignment,
                    new ReplayedModel(Recording.parse(DemoProject.recording()), Duration.ofMillis(15)),
                    parts.toolbox(),
                    new Agent.Guard(new SandboxPolicy(true, Optional::empty), approver),
                    parts.clock());
            return new Demo(agent, DemoProject.PROMPT, shop.directory());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the demo into the temporary directory", e);
        }
    }

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public boolean isDebug() {
        return configured.filter(read -> read.get(Settings.AGENT_DEBUG)).isPresent();
    }

    @Override
    public SessionStore sessions() {
        return storage().sessions();
    }

    @Override
    public Undo undo() {
        return new Undo(sessions(), parts.turns(configured()));
    }

    @Override
    public Worktrees worktrees(Flags flags) {
        Configuration configuration = configuration(flags);
        Path here = agents.surroundings(configuration).root();
        return new LocalWorktrees(
                here,
                parts.home().worktrees(),
                tree -> agents.surroundings(parts.read(flags.with(Settings.WORK_DIR.name(), tree.toString())))
                        .confinedShell(),
                () -> GitIdentity.of(parts.machine().shells(), parts.directory()));
    }

    @Override
    public void forgetAnswers(String user) {
        if (configured().find(Settings.REDIS_URL).isPresent()) {
            parts.cache(configured()).invalidate(user);
        }
    }

    @Override
    public Feed feed() {
        return storage().feed();
    }

    @Override
    public Ledger ledger() {
        return storage().ledger();
    }

    private Storage storage() {
        return parts.storage(configured());
    }

    private Configuration configured() {
        return configured.orElseGet(() -> configuration(Flags.NONE));
    }

    @Override
    public String repairSessions() {
        Path file = Storage.file(configured(), parts.home())
                .orElseThrow(() -> CommandException.usage("Sessions are kept in PostgreSQL, as DATABASE_URL says; "
                        + "this repairs SQLite files only. Restore a backup of the database instead."));
        SqliteRepair.Repaired repaired = SqliteRepair.repair(file, parts.clock());
        return "Salvaged %d session(s) with %d event(s); %d event(s) could not be read. The damaged file is kept as %s"
                .formatted(repaired.sessions(), repaired.events(), repaired.eventsLost(), repaired.damagedCopy());
    }

    @Override
    public Path directory() {
        return parts.directory();
    }

    @Override
    public Path home() {
        return parts.home().directory();
    }

    @Override
    public void trust(Path file) {
        trusted().add(directory().resolve(file));
    }

    @Override
    public boolean isTrusted(Path file) {
        return trusted().contains(directory().resolve(file));
    }

    private TrustedFiles trusted() {
        return new TrustedFiles(home().resolve("trusted"));
    }

    @Override
    public List<String> files(Flags flags) {
        return agents.surroundings(configuration(flags)).files(MOST_FILES);
    }

    @Override
    public List<Symbol> symbols(Flags flags, String part) {
        return parts
                .surveyor()
                .ask(
                        agents.surroundings(configuration(flags)).workspace(),
                        index -> index.definitionsLike(part, MOST_SYMBOLS))
                .orElse(List.of())
                .stream()
                .map(found -> new Symbol(
                        found.qualifiedName(),
                        "%s:%d".formatted(found.path(), found.symbol().first())))
                .toList();
    }

    @Override
    public List<SecretRow> scanForSecrets(Path path) {
        Path place = directory().resolve(path).normalize();
        Path root = Files.isDirectory(place) ? place : place.resolveSibling("");
        if (!Files.exists(place)) {
            throw CommandException.usage("There is no file or directory `%s` to scan.".formatted(path));
        }
        try {
            Workspace workspace = new LocalWorkspace(
                    root, new ProcessShell(root, Map.of(), parts.home().output()));
            return SecretScan.of(workspace, workspace.locate(place.toString())).findings().stream()
                    .map(found -> new SecretRow(found.file().toString(), found.line(), found.kind(), found.masked()))
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.CANCELLED, List.of("Cancelled."));
        }
    }

    @Override
    public List<SettingRow> settings(Flags flags) {
        Configuration configuration = configuration(flags);
        return Settings.ALL.stream().map(setting -> row(configuration, setting)).toList();
    }

    @Override
    public List<Finding> diagnose(Flags flags) {
        return new Doctor(parts.home(), parts.environment(), parts.machine())
                .examine(() -> configuration(flags), parts.catalogue(), parts.plugins());
    }

    @Override
    public void close() {
        parts.close();
    }

    private Configuration configuration(Flags flags) {
        Configuration read = parts.read(flags);
        configured = Optional.of(read);
        logging.ofCommand(read, this::mask);
        return read;
    }

    private static <T> SettingRow row(Configuration configuration, Setting<T> setting) {
        Optional<Configuration.Value<T>> value = configuration.value(setting);
        return new SettingRow(
                setting.name(),
                value.map(set -> setting.shown(set.text())).orElse(""),
                value.map(set -> set.layer().label()).orElse("unset"),
                setting.description());
    }
}
