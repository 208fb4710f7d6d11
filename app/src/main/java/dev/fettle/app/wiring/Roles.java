package dev.fettle.app.wiring;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.config.Settings;
import dev.fettle.app.insight.Comprehension;
import dev.fettle.app.models.ModelDirectory;
import dev.fettle.app.place.Begin;
import dev.fettle.app.place.WorkRoot;
import dev.fettle.app.place.WorkingTrees;
import dev.fettle.app.serve.AccessSettings;
import dev.fettle.app.serve.AnswerVersion;
import dev.fettle.app.serve.ConfiguredModels;
import dev.fettle.app.serve.MetricsPort;
import dev.fettle.app.serve.ModelDependency;
import dev.fettle.app.serve.SandboxDependency;
import dev.fettle.app.serve.ServerRole;
import dev.fettle.app.upkeep.Administrator;
import dev.fettle.app.upkeep.Housekeeping;
import dev.fettle.app.upkeep.Keeping;
import dev.fettle.app.upkeep.LoggedReports;
import dev.fettle.app.upkeep.WebhookReports;
import dev.fettle.app.watch.LoggedRole;
import dev.fettle.app.watch.Logging;
import dev.fettle.cli.host.Administration;
import dev.fettle.cli.host.Host.Flags;
import dev.fettle.cli.host.Host.Role;
import dev.fettle.cli.host.Host.Serving;
import dev.fettle.core.run.RunChanges;
import dev.fettle.core.session.SessionException;
import dev.fettle.providers.http.Webhook;
import dev.fettle.server.HttpServer;
import dev.fettle.server.api.Grounds;
import dev.fettle.server.api.Ports;
import dev.fettle.server.api.state.Dependency;
import dev.fettle.store.SqliteSessionStore.Durability;
import dev.fettle.store.redis.RedisCells;
import dev.fettle.store.run.RunEngine;
import dev.fettle.store.sql.Books;
import dev.fettle.telemetry.metrics.PrometheusMetrics;
import dev.fettle.tools.kept.KeptDirectories;
import dev.fettle.tools.kept.LocalTreeFiles;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What long-running processes are made of: the server, the worker, the scheduler, and what an administrator does
/// beside them.
///
/// @param configuration as the process was started with; runs have their own
record Roles(Parts parts, Configuration configuration, Logging logging) {
    /// How often a worker looks for work that nobody told it of.
    private static final Duration POLL = Duration.ofMillis(500);

    /// How long a client of the service waits for a database that is away, before it is told to come back. Runs, whose
    /// clients have been answered, wait as long as the store does.
    private static final Duration PATIENCE_OF_CLIENTS = Duration.ofSeconds(2);

    Role worker() {
        return logged(() -> {
            StartUp startUp = new StartUp(parts.clock());
            startUp.together(Stream.concat(Stream.of(database()), forRuns()).toList());
            return new TimedRole(watched("Worker", configuration.get(Settings.WORKER_RUNS)), startUp, "queue");
        });
    }

    Role scheduler() {
        return logged(() -> {
            StartUp startUp = new StartUp(parts.clock());
            startUp.alone(database());
            return new TimedRole(watched("Scheduler", 0), startUp, "queue");
        });
    }

    /// The HTTP service.
    ///
    /// @param flags that it was started with
    Role server(Flags flags, Serving serving) {
        return logged(() -> serving(flags, serving));
    }

    /// What all of them have: a log that machines can read.
    private Role logged(Supplier<Role> role) {
        return logging.ofRole(configuration, parts.secrets(configuration)::mask)
                ? new LoggedRole(role.get())
                : role.get();
    }

    /// The database of a process that answers nobody, which is waited for while it is away.
    private StartUp.Part database() {
        return new StartUp.Part("database", () -> Storage.awaited(() -> parts.storage(configuration)));
    }

    /// What runs need, so that the first does not wait for it.
    private Stream<StartUp.Part> forRuns() {
        return Stream.of(
                new StartUp.Part("models", () -> {
                    parts.models(configuration);
                    parts.catalogue().requireSound();
                }),
                new StartUp.Part("tools", parts::toolbox),
                new StartUp.Part("sandbox", parts.machine()::rung));
    }

    private Role serving(Flags flags, Serving serving) {
        StartUp startUp = new StartUp(parts.clock());
        Stream<StartUp.Part> own = Stream.of(
                new StartUp.Part("database", () -> parts.storage(() -> awaited(serving))),
                new StartUp.Part("cache", () -> parts.cache(configuration).layers()),
                new StartUp.Part("workspaces", () -> parts.kept(configuration)));
        startUp.together(
                Stream.concat(own, serving.works() ? forRuns() : Stream.empty()).toList());
        Role server = startUp.alone("routes", () -> server(flags, serving, parts.storage(configuration)));
        return new TimedRole(server, startUp, "listener");
    }

    private Role server(Flags flags, Serving serving, Storage storage) {
        PrometheusMetrics metrics = parts.metrics(storage);
        ConfiguredModels models = new ConfiguredModels(
                new ModelDirectory(parts.catalogue(), parts.plugins()),
                configuration,
                name -> parts.read(flags.with(Settings.LLM_MODEL.name(), name)));
        return ServerRole.of(
                serving,
                configuration,
                parts.home().directory(),
                ports(storage.within(PATIENCE_OF_CLIENTS, configuration)),
                models,
                needed(models, serving),
                new AnswerVersion(
                        () -> parts.read(flags),
                        models::standard,
                        parts.home()::instructions,
                        Version.current(),
                        parts.clock()),
                parts.secrets(configuration)::mask,
                metrics,
                serving.works()
                        ? Optional.of(
                                worker("Worker", configuration.get(Settings.WORKER_RUNS), metrics, Optional.empty()))
                        : Optional.empty());
    }

    private List<Dependency> needed(ConfiguredModels models, Serving serving) {
        Dependency model = new ModelDependency(models, () -> parts.models(configuration));
        boolean isWanted = !configuration.get(Settings.AGENT_SANDBOX).equals("none");
        return serving.works() ? List.of(model, new SandboxDependency(parts.machine(), isWanted)) : List.of(model);
    }

    private Ports ports(Storage storage) {
        Books books = storage.books();
        return new Ports(
                storage.sessions(),
                storage.feed(),
                storage.runs().queue(),
                storage.ledger(),
                books.users(),
                books.keys(),
                books.audit(),
                books.idempotency(),
                parts.memory(configuration),
                AccessSettings.tokens(configuration, parts.clock()),
                configuration.find(Settings.REDIS_URL).map(url -> parts.open(new RedisCells(url))),
                parts.toolbox(),
                storage.runs().statistics(),
                new Grounds(
                        parts.kept(configuration),
                        new LocalTreeFiles(),
                        new RunChanges(parts.snapshots(configuration))),
                parts.cache(configuration),
                new Comprehension(parts.indexes()));
    }

    /// While the database is away, whoever asks is told so.
    private Storage awaited(Serving serving) {
        Supplier<Storage> opening =
                () -> Storage.open(configuration, parts.home(), parts.clock(), Durability.POWER_LOSS);
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

    private Role watched(String kind, int places) {
        Storage storage = parts.storage(configuration);
        PrometheusMetrics metrics = parts.metrics(storage);
        return worker(
                kind,
                places,
                metrics,
                MetricsPort.of(configuration, metrics, storage.runs().queue()));
    }

    private Role worker(String kind, int places, PrometheusMetrics metrics, Optional<MetricsPort> port) {
        RunEngine engine = parts.storage(configuration)
                .runs()
                .engine(
                        new AgentCarrier(
                                new Agents(parts)::agent,
                                trees(),
                                new Begin(
                                        WorkRoot.of(configuration, parts.home().directory()),
                                        () -> parts.kept(configuration),
                                        new RunChanges(parts.snapshots(configuration))),
                                metrics,
                                parts.clock()),
                        housekeeping().jobs(),
                        new RunEngine.Options(
                                places,
                                configuration.get(Settings.WORKER_LEASE),
                                POLL,
                                configuration.get(Settings.SHUTDOWN_GRACE)));
        engine.gauges().forEach(metrics::show);
        return new WorkerRole("%s %d".formatted(kind, ProcessHandle.current().pid()), engine, port);
    }

    /// With a database of one machine, every worker finds the tree where it is.
    private Optional<WorkingTrees> trees() {
        return Storage.file(configuration, parts.home()).isPresent()
                ? Optional.empty()
                : Optional.of(new WorkingTrees(
                        parts.snapshots(configuration), parts.home().directory().resolve("trees")));
    }

    Administration administration() {
        Storage storage = parts.storage(configuration);
        return new Administrator(storage.place(), storage.upkeep(), storage.runs(), housekeeping());
    }

    private Housekeeping housekeeping() {
        Storage storage = parts.storage(configuration);
        return Housekeeping.of(
                new Housekeeping.Premises(
                        storage.sessions(),
                        storage.upkeep(),
                        parts.home().output(),
                        List.of(parts.snapshots(configuration), parts.turns(configuration)),
                        left()),
                Keeping.of(configuration),
                Stream.concat(
                                Stream.of(new LoggedReports()),
                                configuration.find(Settings.ALERT_WEBHOOK).stream()
                                        .map(Webhook::new)
                                        .map(WebhookReports::new))
                        .toList(),
                parts.clock());
    }

    /// What there is to be cleaned up below the root of the service; nothing where no service has been.
    private Optional<KeptDirectories> left() {
        WorkRoot root = WorkRoot.of(configuration, parts.home().directory());
        return Files.isDirectory(root.path()) ? Optional.of(parts.kept(configuration)) : Optional.empty();
    }
}
