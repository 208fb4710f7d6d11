package dev.fettle.app.wiring;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.config.ConfigurationReader;
import dev.fettle.app.config.Home;
import dev.fettle.app.config.KnownSecrets;
import dev.fettle.app.config.Reread;
import dev.fettle.app.config.Settings;
import dev.fettle.app.models.ModelAccess;
import dev.fettle.app.models.ModelChoice;
import dev.fettle.app.models.Plugins;
import dev.fettle.app.place.Machine;
import dev.fettle.app.place.WorkRoot;
import dev.fettle.app.watch.Instruments;
import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host.Flags;
import dev.fettle.code.index.IndexDirectory;
import dev.fettle.code.map.Surveyor;
import dev.fettle.code.runner.RunTestsTool;
import dev.fettle.code.runner.tool.KnownRunners;
import dev.fettle.code.search.FindReferencesTool;
import dev.fettle.code.search.FindSymbolTool;
import dev.fettle.core.cache.Cache;
import dev.fettle.core.context.Context;
import dev.fettle.core.context.Instructions;
import dev.fettle.core.context.Overview;
import dev.fettle.core.context.Recollection;
import dev.fettle.core.memory.Memory;
import dev.fettle.core.memory.MemoryByMeaning;
import dev.fettle.core.memory.RememberTool;
import dev.fettle.core.secret.SecretUse;
import dev.fettle.core.secret.Secrets;
import dev.fettle.core.snapshot.Snapshots;
import dev.fettle.core.tool.Tool;
import dev.fettle.core.tool.Toolbox;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.providers.catalogue.ModelCatalogue;
import dev.fettle.providers.http.Timeouts;
import dev.fettle.providers.http.Wire;
import dev.fettle.store.cache.LayeredCache;
import dev.fettle.store.cache.LocalCache;
import dev.fettle.store.redis.RedisCache;
import dev.fettle.telemetry.metrics.PrometheusMetrics;
import dev.fettle.tools.BuiltinTools;
import dev.fettle.tools.kept.KeptDirectories;
import dev.fettle.tools.search.Tree;
import dev.fettle.tools.snapshot.GitSnapshots;
import dev.fettle.tools.snapshot.tree.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What a process has one of, however many agents it puts together. Nothing is made before it is asked for, for the
/// log is set up when the settings are known; closing this closes what was opened, the last first. Safe for several
/// threads.
final class Parts implements AutoCloseable {
    private static final String PLATFORM = "%s %s %s, commands run in bash"
            .formatted(System.getProperty("os.name"), System.getProperty("os.version"), System.getProperty("os.arch"));

    private static final Duration PATIENCE_FOR_INDEXES = Duration.ofMillis(300);
    /// A turn waits for them.
    private static final Timeouts PATIENCE_FOR_MEANINGS =
            new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(10));

    private final Path directory;
    private final Map<String, String> environment;
    private final Home home;
    private final InstantSource clock = InstantSource.system();
    private final ModelCatalogue catalogue;
    private final Plugins plugins;
    private final ConfigurationReader reader;
    private final Reread<Configuration> standing;
    private final Reread<Optional<String>> instructions;
    private final IndexDirectory indexes;
    private final Single<Machine> machine = new Single<>();
    private final Single<Toolbox> toolbox = new Single<>();
    private final Single<Surveyor> surveyor = new Single<>();
    private final Single<Secrets> secrets = new Single<>();
    private final Single<Storage> storage = new Single<>();
    private final Single<KeptDirectories> kept = new Single<>();
    private final Single<Cache> cache = new Single<>();
    private final Single<PrometheusMetrics> metrics = new Single<>();
    private final Single<Memory> memory = new Single<>();
    private final Single<ModelAccess> models = new Single<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    Parts(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = Map.copyOf(environment);
        this.home = Home.of(environment);
        this.catalogue = new ModelCatalogue(home::models);
        this.plugins = new Plugins(home.directory().resolve("plugins"), this.environment);
        this.reader = new ConfigurationReader(home.directory(), directory, environment);
        this.standing = new Reread<>(reader.files(), () -> read(Flags.NONE));
        this.instructions = new Reread<>(List.of(home.instructionsFile()), home::instructions);
        this.indexes = new IndexDirectory(
                home.indexes(), (workspace, visitor) -> new Tree(workspace).walk(FilePath.ROOT, visitor), clock);
    }

    Path directory() {
        return directory;
    }

    Map<String, String> environment() {
        return environment;
    }

    Home home() {
        return home;
    }

    InstantSource clock() {
        return clock;
    }

    ModelCatalogue catalogue() {
        return catalogue;
    }

    Plugins plugins() {
        return plugins;
    }

    Machine machine() {
        return machine.get(() -> new Machine(home, environment));
    }

    /// The settings of a command line.
    ///
    /// @throws CommandException naming every mistake
    Configuration read(Flags flags) {
        try {
            return reader.read(flags.settings(), flags.envFile());
        } catch (ConfigurationReader.MistakenException e) {
            throw new CommandException(ExitCode.USAGE, e.mistakes());
        }
    }

    /// The settings of a run, of which there may be many a second: files are only read if they have changed.
    ///
    /// @throws CommandException naming every mistake
    Configuration ofRun(Map<String, String> settings) {
        try {
            return reader.read(standing.get(), settings);
        } catch (ConfigurationReader.MistakenException e) {
            throw new CommandException(ExitCode.USAGE, e.mistakes());
        }
    }

    /// What an agent is told of the machine, the day and the user's wishes.
    Instructions instructions() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
        return new Instructions(PLATFORM, today, instructions.get());
    }

    /// What an agent that works for a user is told.
    Context context(Configuration configuration, String user) {
        int tokens = configuration.get(Settings.AGENT_MAP_TOKENS);
        return new Context(
                instructions(),
                tokens == 0 ? Overview.NONE : (workspace, task) -> surveyor().map(workspace, task, tokens),
                remembered(configuration).map(each -> new Recollection(each, user)),
                configuration.get(Settings.AGENT_COMPACT_AT));
    }

    /// Asks the indexes for who cannot wait.
    Surveyor surveyor() {
        return surveyor.get(() -> open(
                new Surveyor(indexes, PATIENCE_FOR_INDEXES, Runtime.getRuntime().availableProcessors(), clock)));
    }

    /// What agents may know of what users wanted remembered.
    private Optional<Memory> remembered(Configuration configuration) {
        return configuration.get(Settings.AGENT_MEMORY) ? Optional.of(memory(configuration)) : Optional.empty();
    }

    /// What users wanted remembered, found by meaning too if a model is configured for that.
    Memory memory(Configuration configuration) {
        return memory.get(() -> {
            Storage storage = storage(configuration);
            Memory words = storage.books().memory();
            if (configuration.find(Settings.MEMORY_EMBEDDINGS).isEmpty()) {
                return words;
            }
            Wire wire = open(new Wire(PATIENCE_FOR_MEANINGS, clock));
            return ModelChoice.embedding(configuration, catalogue, wire)
                    .<Memory>map(embedding -> new MemoryByMeaning(
                            words,
                            storage.books().meanings(),
                            CostSettings.charged(configuration, storage.ledger(), embedding),
                            configuration.get(Settings.MEMORY_LIKENESS),
                            secrets(configuration)::mask,
                            clock))
                    .orElse(words);
        });
    }

    /// What the runs of a user may use.
    Toolbox toolbox(Configuration configuration, String user) {
        return remembered(configuration)
                .map(each -> toolbox().with(new RememberTool(each, user)))
                .orElseGet(this::toolbox);
    }

    /// What all runs may use, in the order it is presented to a model.
    Toolbox toolbox() {
        return toolbox.get(() -> new Toolbox(tools()));
    }

    private List<Tool> tools() {
        return Stream.concat(
                        BuiltinTools.all().stream(),
                        Stream.of(
                                new RunTestsTool(KnownRunners.ALL),
                                new FindSymbolTool(indexes),
                                new FindReferencesTool(indexes)))
                .toList();
    }

    /// Where it is kept what the code of workspaces consists of.
    IndexDirectory indexes() {
        return indexes;
    }

    Secrets secrets(Configuration configuration) {
        return secrets.get(() -> new Secrets(
                KnownSecrets.of(configuration, environment),
                configuration.find(Settings.SECRET_KEY).map(Home::secretsKey).orElseGet(home::secretsKey),
                configuration.find(Settings.AGENT_ALLOW_SECRETS).orElse(Set.of()),
                SecretUse.NEVER));
    }

    Storage storage(Configuration configuration) {
        return storage(() -> Storage.open(configuration, home, clock));
    }

    /// The same, opened in a way of one's own.
    Storage storage(Supplier<Storage> opening) {
        return storage.get(() -> open(opening.get()));
    }

    /// Where answers are kept: in this process, and in Redis too if there is one, which may be away.
    Cache cache(Configuration configuration) {
        return cache.get(() -> {
            LocalCache local = new LocalCache(LocalCache.USUAL_CHARACTERS, clock);
            Duration longest = Duration.ofSeconds(configuration.get(Settings.REDIS_TTL));
            return configuration
                    .find(Settings.REDIS_URL)
                    .<Cache>map(url -> new LayeredCache(local, open(new RedisCache(url, longest, clock))))
                    .orElse(local);
        });
    }

    PrometheusMetrics metrics(Storage counted) {
        return metrics.get(() -> Instruments.of(
                Version.current(), catalogue.all(), toolbox(), counted.runs().queue(), counted.gauges()));
    }

    /// The way to the models, which tells the metrics once the process has any.
    ModelAccess models(Configuration configuration) {
        return models.get(() -> new ModelAccess(
                open(new Wire(ModelAccess.timeouts(configuration), clock)),
                occurrence -> metrics.ifMade().ifPresent(each -> each.tell(occurrence))));
    }

    KeptDirectories kept(Configuration configuration) {
        return kept.get(() ->
                open(WorkRoot.of(configuration, home.directory()).open(machine().shells(), clock)));
    }

    Snapshots snapshots(Configuration configuration) {
        return new GitSnapshots(
                configuration.find(Settings.SNAPSHOT_DIR).orElse(home.snapshots()),
                GitSnapshots.MOST_FILE_BYTES,
                clock);
    }

    /// What trees were before and after the turns of people at terminals. They are kept apart from those of
    /// queued runs, whose latest one is what the next worker begins with.
    Snapshots turns(Configuration configuration) {
        return new GitSnapshots(
                home.turns(),
                new Scope(GitSnapshots.MOST_FILE_BYTES, configuration.get(Settings.AGENT_UNDO_FILES), false),
                clock);
    }

    /// Has it closed with the process.
    <T extends AutoCloseable> T open(T resource) {
        synchronized (opened) {
            opened.push(resource);
        }
        return resource;
    }

    @Override
    public void close() {
        for (Optional<AutoCloseable> last = lastOpened(); last.isPresent(); last = lastOpened()) {
            try {
                last.get().close();
            } catch (Exception e) {
                throw new IllegalStateException("Cannot close what was opened", e);
            }
        }
    }

    private Optional<AutoCloseable> lastOpened() {
        synchronized (opened) {
            return Optional.ofNullable(opened.poll());
        }
    }
}
