package dev.fettle.app.wiring;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.config.ConfigurationReader;
import dev.fettle.app.config.Setting;
import dev.fettle.app.config.Settings;
import dev.fettle.app.config.TrustedFiles;
import dev.fettle.app.demo.DemoProject;
import dev.fettle.app.demo.DemoWorkspace;
import dev.fettle.app.models.ModelAccess;
import dev.fettle.app.models.ModelChoice;
import dev.fettle.app.models.ModelDirectory;
import dev.fettle.app.models.Plugins;
import dev.fettle.app.place.Begin;
import dev.fettle.app.place.WorkRoot;
import dev.fettle.app.serve.AccessSettings;
import dev.fettle.app.serve.AnswerVersion;
import dev.fettle.app.serve.ConfiguredModels;
import dev.fettle.app.serve.MetricsPort;
import dev.fettle.app.serve.ServerRole;
import dev.fettle.app.upkeep.Administrator;
import dev.fettle.app.upkeep.Housekeeping;
import dev.fettle.app.upkeep.Keeping;
import dev.fettle.app.upkeep.LoggedReports;
import dev.fettle.app.upkeep.WebhookReports;
import dev.fettle.app.watch.Instruments;
import dev.fettle.app.watch.LoggedRole;
import dev.fettle.app.watch.Logging;
import dev.fettle.cli.host.Administration;
import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.code.index.IndexDirectory;
import dev.fettle.code.search.FindReferencesTool;
import dev.fettle.code.search.FindSymbolTool;
import dev.fettle.core.agent.Agent;
import dev.fettle.core.agent.Assignment;
import dev.fettle.core.cache.Cache;
import dev.fettle.core.context.Instructions;
import dev.fettle.core.feed.Feed;
import dev.fettle.core.model.Model;
import dev.fettle.core.monitor.Monitor;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.Policy;
import dev.fettle.core.permission.SandboxPolicy;
import dev.fettle.core.permission.rule.Rule;
import dev.fettle.core.run.RunChanges;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.secret.SecretScan;
import dev.fettle.core.secret.SecretUse;
import dev.fettle.core.secret.Secrets;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.snapshot.Snapshots;
import dev.fettle.core.tool.Tool;
import dev.fettle.core.tool.Toolbox;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.Limits;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.providers.catalogue.ModelCatalogue;
import dev.fettle.providers.http.Webhook;
import dev.fettle.providers.http.Wire;
import dev.fettle.providers.replay.RecordedSession;
import dev.fettle.providers.replay.Recording;
import dev.fettle.providers.replay.ReplayedModel;
import dev.fettle.providers.replay.StrictReplay;
import dev.fettle.server.HttpServer;
import dev.fettle.server.api.Grounds;
import dev.fettle.server.api.Ports;
import dev.fettle.store.SqliteRepair;
import dev.fettle.store.SqliteSessionStore;
import dev.fettle.store.cache.LayeredCache;
import dev.fettle.store.cache.LocalCache;
import dev.fettle.store.redis.RedisCache;
import dev.fettle.store.redis.RedisCells;
import dev.fettle.store.run.RunEngine;
import dev.fettle.store.sql.Books;
import dev.fettle.telemetry.metrics.PrometheusMetrics;
import dev.fettle.tools.BuiltinTools;
import dev.fettle.tools.kept.KeptDirectories;
import dev.fettle.tools.kept.LocalTreeFiles;
import dev.fettle.tools.process.ProcessShell;
import dev.fettle.tools.search.Tree;
import dev.fettle.tools.snapshot.GitSnapshots;
import dev.fettle.tools.workspace.LocalWorkspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The whole program, wired by hand. Read it from top to bottom to see what an agent is made of. Nothing is opened
/// before a command asks for it; closing the program closes what was opened.
public final class Program implements Host, AutoCloseable {
    /// How often a worker looks for work that nobody told it of.
    private static final Duration POLL = Duration.ofMillis(500);

    private final Path directory;
    private final Map<String, String> environment;
    private final Logging logging;
    private final Home home;
    private final InstantSource clock = InstantSource.system();
    private final ModelCatalogue catalogue;
    private final Plugins plugins;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private Optional<Storage> storage = Optional.empty();
    private Optional<KeptDirectories> kept = Optional.empty();
    private Optional<PrometheusMetrics> metrics = Optional.empty();
    private Optional<ModelAccess> models = Optional.empty();
    private Optional<Configuration> configured = Optional.empty();
    private Optional<Secrets> secrets = Optional.empty();

    /// A program that has opened nothing yet.
    ///
    /// @param directory the current directory
    public Program(Path directory, Map<String, String> environment) {
        this(directory, environment, Logging.NONE);
    }

    /// The same, in a process whose log is its own.
    public Program(Path directory, Map<String, String> environment, Logging logging) {
        this.directory = directory;
        this.logging = logging;
        this.environment = Map.copyOf(environment);
        this.home = Home.of(environment);
        this.catalogue = new ModelCatalogue(home::models);
        this.plugins = new Plugins(home.directory().resolve("plugins"), this.environment);
    }

    @Override
    public Equipped agent(Flags flags, Approver approver) {
        return agent(flags, approver, Session.LOCAL_USER);
    }

    /// An agent that works for a user.
    synchronized Equipped agent(Flags flags, Approver approver, String user) {
        Configuration configuration = configuration(flags);
        ModelChoice choice = ModelChoice.of(configuration, catalogue, plugins);
        List<ModelChoice> fallbacks = ModelChoice.fallbacks(configuration, catalogue, plugins);
        Limits limits = CostSettings.limits(configuration, choice.model());
        fallbacks.forEach(each -> CostSettings.limits(configuration, each.model()));
        Surroundings surroundings = surroundings(configuration);

        Assignment assignment = new Assignment(
                surroundings.workspace(),
                choice.model(),
                limits,
                CostSettings.purse(
                        configuration,
                        ledger(),
                        user,
                        fallbacks.stream().map(ModelChoice::model).toList()),
                new Instructions(platform(), today(), home.instructions()),
                secrets(configuration),
                configuration.find(Settings.LLM_TEMPERATURE));
        Agent agent = new Agent(
                sessions(),
                assignment,
                modelAccess(configuration).chain(configuration, choice, fallbacks),
                new Toolbox(tools()),
                surroundings.guard(approver),
                clock);
        List<String> notes = new ArrayList<>(configuration.notes());
        catalogue.doubt(choice.model()).ifPresent(notes::add);
        return new Equipped(agent, choice.model(), notes);
    }

    @Override
    public RunQueue runs(Flags flags) {
        configuration(flags);
        return storage().runs().queue();
    }

    @Override
    public Role worker(Flags flags) {
        Configuration configuration = configuration(flags);
        return role(configuration, () -> watched("Worker", configuration, configuration.get(Settings.WORKER_RUNS)));
    }

    @Override
    public Role scheduler() {
        Configuration configuration = configured();
        return role(configuration, () -> watched("Scheduler", configuration, 0));
    }

    @Override
    public Role server(Flags flags, Serving serving) {
        Configuration configuration = configuration(flags);
        return role(configuration, () -> server(flags, serving, configuration));
    }

    /// While the database is away, whoever asks is told so.
    private Storage awaited(Serving serving, Configuration configuration) {
        Supplier<Storage> opening =
                () -> Storage.open(configuration, home, clock, SqliteSessionStore.Durability.POWER_LOSS);
        try {
            return opening.get();
        } catch (SessionException e) {
            if (e.kind() != SessionException.Kind.AWAY) {
                throw e;
            }
            try (HttpServer _ = ServerRole.refusing(serving, configuration)) {
                return Storage.awaited(opening);
            }
        }
    }

    private Role server(Flags flags, Serving serving, Configuration configuration) {
        Storage opened = open(awaited(serving, configuration));
        storage = Optional.of(opened);
        Books books = opened.books();
        Ports ports = new Ports(
                opened.sessions(),
                opened.feed(),
                opened.runs().queue(),
                opened.ledger(),
                books.users(),
                books.keys(),
                books.audit(),
                books.idempotency(),
                books.memory(),
                AccessSettings.tokens(configuration, clock),
                configuration.find(Settings.REDIS_URL).map(url -> open(new RedisCells(url))),
                new Toolbox(tools()),
                opened.runs().statistics(),
                new Grounds(kept(configuration), new LocalTreeFiles(), new RunChanges(snapshots(configuration))),
                cache(configuration));
        ConfiguredModels configuredModels = new ConfiguredModels(
                new ModelDirectory(catalogue, plugins), configuration, name -> read(naming(flags, name)));
        return ServerRole.of(
                serving,
                configuration,
                home.directory(),
                ports,
                configuredModels,
                new AnswerVersion(() -> read(flags), configuredModels::standard, home::instructions, version(), clock),
                secrets(configuration)::mask,
                metrics(opened),
                serving.works()
                        ? Optional.of(worker(
                                "Worker", configuration, configuration.get(Settings.WORKER_RUNS), Optional.empty()))
                        : Optional.empty());
    }

    private Cache cache(Configuration configuration) {
        LocalCache local = new LocalCache(LocalCache.USUAL_CHARACTERS, clock);
        Duration longest = Duration.ofSeconds(configuration.get(Settings.REDIS_TTL));
        return configuration
                .find(Settings.REDIS_URL)
                .<Cache>map(url -> new LayeredCache(local, open(new RedisCache(url, longest, clock))))
                .orElse(local);
    }

    /// What all long-running processes have: a log that machines can read.
    private Role role(Configuration configuration, Supplier<Role> role) {
        return logging.ofRole(configuration, secrets(configuration)::mask) ? new LoggedRole(role.get()) : role.get();
    }

    private Role watched(String kind, Configuration configuration, int places) {
        Storage opened = Storage.awaited(this::storage);
        return worker(
                kind,
                configuration,
                places,
                MetricsPort.of(configuration, metrics(opened), opened.runs().queue()));
    }

    private PrometheusMetrics metrics(Storage opened) {
        if (metrics.isEmpty()) {
            metrics = Optional.of(Instruments.of(
                    version(), catalogue.all(), tools(), opened.runs().queue(), opened.gauges()));
        }
        return metrics.get();
    }

    private Role worker(String kind, Configuration configuration, int places, Optional<MetricsPort> port) {
        Storage opened = storage();
        PrometheusMetrics counted = metrics(opened);
        RunEngine engine = opened.runs()
                .engine(
                        new AgentCarrier(
                                this,
                                trees(configuration),
                                new Begin(
                                        WorkRoot.of(configuration, home.directory()),
                                        () -> kept(configuration),
                                        new RunChanges(snapshots(configuration))),
                                counted,
                                clock),
                        housekeeping(configuration).jobs(),
                        new RunEngine.Options(
                                places,
                                configuration.get(Settings.WORKER_LEASE),
                                POLL,
                                configuration.get(Settings.SHUTDOWN_GRACE)));
        engine.gauges().forEach(counted::show);
        return new WorkerRole("%s %d".formatted(kind, ProcessHandle.current().pid()), engine, port);
    }

    /// With a database of one machine, every worker finds the tree where it is.
    private Optional<WorkingTrees> trees(Configuration configuration) {
        return Storage.file(configuration, home).isPresent()
                ? Optional.empty()
                : Optional.of(new WorkingTrees(
                        snapshots(configuration), home.directory().resolve("trees")));
    }

    private synchronized KeptDirectories kept(Configuration configuration) {
        if (kept.isEmpty()) {
            WorkRoot root = WorkRoot.of(configuration, home.directory());
            kept = Optional.of(open(root.open(Surroundings.shells(home, environment), clock)));
        }
        return kept.get();
    }

    private Snapshots snapshots(Configuration configuration) {
        return new GitSnapshots(
                configuration.find(Settings.SNAPSHOT_DIR).orElse(home.snapshots()),
                GitSnapshots.MOST_FILE_BYTES,
                clock);
    }

    private Housekeeping housekeeping(Configuration configuration) {
        return Housekeeping.of(
                new Housekeeping.Premises(
                        sessions(), storage().upkeep(), home.output(), snapshots(configuration), left(configuration)),
                Keeping.of(configuration),
                Stream.concat(
                                Stream.of(new LoggedReports()),
                                configuration.find(Settings.ALERT_WEBHOOK).stream()
                                        .map(Webhook::new)
                                        .map(WebhookReports::new))
                        .toList(),
                clock);
    }

    /// What there is to be cleaned up below the root of the service; nothing where no service has been.
    private Optional<KeptDirectories> left(Configuration configuration) {
        boolean isThere =
                Files.isDirectory(WorkRoot.of(configuration, home.directory()).path());
        return isThere ? Optional.of(kept(configuration)) : Optional.empty();
    }

    @Override
    public Administration administration() {
        return new Administrator(
                storage().place(), storage().upkeep(), storage().runs(), housekeeping(configured()));
    }

    @Override
    public Replay replay(Flags flags, Path recording, Approver approver) {
        Configuration configuration = configuration(flags);
        RecordedSession recorded = recorded(directory.resolve(recording));
        String[] name = recorded.model().split("/", 2);
        Model model = catalogue.find(name[0], name.length == 2 ? name[1] : "");
        Surroundings surroundings = surroundings(configuration);
        Assignment assignment = new Assignment(
                surroundings.workspace(),
                model,
                Limits.DEFAULT,
                new Instructions(platform(), today(), home.instructions()),
                secrets(configuration),
                Optional.empty());
        Agent agent = new Agent(
                open(new PassingStore(clock)).sessions(),
                assignment,
                new StrictReplay(recorded),
                new Toolbox(tools()),
                surroundings.guard(approver),
                clock);
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
        return new ModelDirectory(catalogue, plugins).rows(configuration(flags));
    }

    @Override
    public List<Reached> reach(Flags flags, List<String> names) {
        Configuration configuration = configuration(flags);
        Wire wire = open(new Wire(ModelAccess.timeouts(configuration), clock));
        ModelDirectory models = new ModelDirectory(catalogue, plugins);
        return names.isEmpty()
                ? models.configured(configuration, wire)
                : names.stream()
                        .map(name -> models.named(name, () -> configuration(naming(flags, name)), wire))
                        .toList();
    }

    private static Flags naming(Flags flags, String model) {
        Map<String, String> settings = new HashMap<>(flags.settings());
        settings.put(Settings.LLM_MODEL.name(), model);
        return new Flags(settings, flags.envFile());
    }

    private ModelAccess modelAccess(Configuration configuration) {
        if (models.isEmpty()) {
            Monitor monitor = metrics.<Monitor>map(each -> each).orElse(Monitor.NONE);
            models = Optional.of(new ModelAccess(open(new Wire(ModelAccess.timeouts(configuration), clock)), monitor));
        }
        return models.get();
    }

    private Surroundings surroundings(Configuration configuration) {
        return new Surroundings(
                configuration,
                home,
                environment,
                directory,
                text -> secrets(configuration).mask(text));
    }

    private Secrets secrets(Configuration configuration) {
        if (secrets.isEmpty()) {
            secrets = Optional.of(new Secrets(
                    KnownSecrets.of(configuration, environment),
                    configuration
                            .find(Settings.SECRET_KEY)
                            .map(Home::secretsKey)
                            .orElseGet(home::secretsKey),
                    configuration.find(Settings.AGENT_ALLOW_SECRETS).orElse(Set.of()),
                    SecretUse.NEVER));
        }
        return secrets.get();
    }

    @Override
    public String mask(String text) {
        return configured
                .map(read -> secrets(read).mask(text))
                .orElseGet(() -> Secrets.unconfigured().mask(text));
    }

    @Override
    public Shell shell(Flags flags) {
        return surroundings(configuration(flags)).confinedShell();
    }

    @Override
    public Policy policy(Flags flags) {
        return surroundings(configuration(flags)).policy();
    }

    @Override
    public List<Rule> rules(Flags flags) {
        return surroundings(configuration(flags)).rules();
    }

    @Override
    public Understood understand(Flags flags, Subject subject) {
        Comprehension comprehension = new Comprehension(indexes(), this::shell);
        return switch (subject) {
            case Subject.Place place ->
                comprehension.place(
                        flags,
                        surroundings(configuration(flags))
                                .root()
                                .toAbsolutePath()
                                .normalize(),
                        directory.resolve(place.path()));
            case Subject.Snippet snippet -> comprehension.snippet(flags, snippet);
        };
    }

    private IndexDirectory indexes() {
        return new IndexDirectory(
                home.indexes(), (workspace, visitor) -> new Tree(workspace).walk(FilePath.ROOT, visitor), clock);
    }

    /// In the order they are presented to a model.
    private List<Tool> tools() {
        return Stream.concat(
                        BuiltinTools.all().stream(),
                        Stream.of(new FindSymbolTool(indexes()), new FindReferencesTool(indexes())))
                .toList();
    }

    @Override
    public Demo demo(Approver approver) {
        try {
            Path parent = Files.createTempDirectory("fettle-demo-");
            DemoWorkspace shop = DemoWorkspace.in(parent, environment);
            Assignment assignment = new Assignment(
                    shop.workspace(),
                    DemoProject.MODEL,
                    Limits.DEFAULT,
                    new Instructions(platform(), today(), Optional.empty()),
                    Secrets.unconfigured(),
                    Optional.empty());
            Agent agent = new Agent(
                    open(SqliteSessionStore.open(parent.resolve("sessions.db"), clock)),
                    assignment,
                    new ReplayedModel(Recording.parse(DemoProject.recording()), Duration.ofMillis(15)),
                    new Toolbox(BuiltinTools.all()),
                    new Agent.Guard(new SandboxPolicy(true, Optional::empty), approver),
                    clock);
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
    public Feed feed() {
        return storage().feed();
    }

    @Override
    public Ledger ledger() {
        return storage().ledger();
    }

    private Storage storage() {
        if (storage.isEmpty()) {
            storage = Optional.of(open(Storage.open(configured(), home, clock)));
        }
        return storage.get();
    }

    private Configuration configured() {
        return configured.orElseGet(() -> configuration(Flags.NONE));
    }

    @Override
    public String repairSessions() {
        Path file = Storage.file(configured(), home)
                .orElseThrow(() -> CommandException.usage("Sessions are kept in PostgreSQL, as DATABASE_URL says; "
                        + "this repairs SQLite files only. Restore a backup of the database instead."));
        SqliteRepair.Repaired repaired = SqliteRepair.repair(file, clock);
        return "Salvaged %d session(s) with %d event(s); %d event(s) could not be read. The damaged file is kept as %s"
                .formatted(repaired.sessions(), repaired.events(), repaired.eventsLost(), repaired.damagedCopy());
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public void trust(Path file) {
        new TrustedFiles(home.directory().resolve("trusted")).add(directory.resolve(file));
    }

    @Override
    public List<SecretRow> scanForSecrets(Path path) {
        Path place = directory.resolve(path).normalize();
        Path root = Files.isDirectory(place) ? place : place.resolveSibling("");
        if (!Files.exists(place)) {
            throw CommandException.usage("There is no file or directory `%s` to scan.".formatted(path));
        }
        try {
            Workspace workspace = new LocalWorkspace(root, new ProcessShell(root, Map.of(), home.output()));
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
        return new Doctor(home, environment, Surroundings.probe(home, environment))
                .examine(() -> configuration(flags), catalogue, plugins);
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("Cannot close what was opened", e);
            }
        }
    }

    private <T extends AutoCloseable> T open(T resource) {
        opened.push(resource);
        return resource;
    }

    private Configuration configuration(Flags flags) {
        Configuration read = read(flags);
        configured = Optional.of(read);
        logging.ofCommand(read, this::mask);
        return read;
    }

    private Configuration read(Flags flags) {
        try {
            return new ConfigurationReader(home.directory(), directory, environment)
                    .read(flags.settings(), flags.envFile());
        } catch (ConfigurationReader.MistakenException e) {
            throw new CommandException(ExitCode.USAGE, e.mistakes());
        }
    }

    private static <T> SettingRow row(Configuration configuration, Setting<T> setting) {
        Optional<Configuration.Value<T>> value = configuration.value(setting);
        return new SettingRow(
                setting.name(),
                value.map(set -> setting.shown(set.text())).orElse(""),
                value.map(set -> set.layer().label()).orElse("unset"),
                setting.description());
    }

    private static String platform() {
        return "%s %s %s, commands run in bash"
                .formatted(
                        System.getProperty("os.name"), System.getProperty("os.version"), System.getProperty("os.arch"));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
    }
}
