package dev.fettle.app.wiring;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.config.Home;
import dev.fettle.app.config.Settings;
import dev.fettle.app.models.ModelChoice;
import dev.fettle.app.models.Plugins;
import dev.fettle.app.place.Machine;
import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.Host.Finding;
import dev.fettle.cli.host.Host.Finding.Level;
import dev.fettle.core.session.SessionException;
import dev.fettle.providers.catalogue.ModelCatalogue;
import dev.fettle.store.SqliteSessionStore;
import dev.fettle.tools.sandbox.Rung;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Looks at everything a run needs and says what is missing. Calls no model.
final class Doctor {
    private final Home home;
    private final Map<String, String> environment;
    private final Machine machine;
    private final List<Finding> findings = new ArrayList<>();

    Doctor(Home home, Map<String, String> environment, Machine machine) {
        this.machine = machine;
        this.home = home;
        this.environment = environment;
    }

    List<Finding> examine(Supplier<Configuration> configuration, ModelCatalogue catalogue, Plugins plugins) {
        ok("java", "%s at %s".formatted(Runtime.version(), System.getProperty("java.home")));
        home();
        try {
            Configuration read = configuration.get();
            settings(read);
            model(read, catalogue, plugins);
            sessions(read);
        } catch (CommandException e) {
            e.messages().forEach(mistake -> add(Level.PROBLEM, "settings", mistake, ""));
        }
        plugins(plugins);
        program("bash", Level.PROBLEM, "commands cannot run", "apt install bash");
        program("git", Level.WARNING, "the agent cannot see or make commits", "apt install git");
        program("setsid", Level.WARNING, "runaway processes are harder to find", "apt install util-linux");
        sandbox();
        program("socat", Level.WARNING, "--network allow:HOST,… does not work", "apt install socat");
        return List.copyOf(findings);
    }

    private void home() {
        Path directory = home.directory();
        Path existing = directory;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing != null && Files.isDirectory(existing) && Files.isWritable(existing)) {
            ok("home", directory.toString());
        } else {
            add(Level.PROBLEM, "home", directory + " cannot be written", "set FETTLE_HOME to a directory of yours");
        }
    }

    private void settings(Configuration configuration) {
        long set = Settings.ALL.stream()
                .filter(setting -> configuration.value(setting).isPresent())
                .count();
        ok("settings", "%d of %d set; `fettle config show` lists them".formatted(set, Settings.ALL.size()));
        configuration.notes().forEach(note -> add(Level.WARNING, "settings", note, ""));
    }

    private void plugins(Plugins plugins) {
        for (Plugins.Found each : plugins.all()) {
            switch (each) {
                case Plugins.Found.Provider provider ->
                    ok(
                            "plugin",
                            "%s: models %s/…"
                                    .formatted(
                                            provider.place(), provider.plugin().name()));
                case Plugins.Found.Broken broken ->
                    add(Level.WARNING, "plugin", "%s: %s".formatted(broken.place(), broken.why()), "mend or remove it");
            }
        }
    }

    private void model(Configuration configuration, ModelCatalogue catalogue, Plugins plugins) {
        try {
            ModelChoice choice = ModelChoice.of(configuration, catalogue, plugins);
            ok("model", choice.model().name());
            if (choice.model().price().isEmpty()) {
                add(
                        Level.WARNING,
                        "model",
                        "no price is known for it: costs are counted as zero",
                        "tell its price in models.json, or limit tokens instead of dollars");
            }
        } catch (CommandException e) {
            add(
                    Level.PROBLEM,
                    "model",
                    String.join(" ", e.messages()),
                    "export ANTHROPIC_API_KEY=… or see docs/configuration.md");
        }
    }

    private void sandbox() {
        switch (machine.rung()) {
            case Rung.Confined confined -> ok("sandbox", confined.found());
            case Rung.Partly partly ->
                add(
                        Level.WARNING,
                        "sandbox",
                        "%s, which has gaps (docs/sandbox.md), because %s".formatted(partly.found(), partly.why()),
                        partly.remedy());
            case Rung.None none ->
                add(Level.WARNING, "sandbox", "none, so each command is asked: " + none.why(), none.remedy());
        }
    }

    private void sessions(Configuration configuration) {
        Storage.file(configuration, home).ifPresentOrElse(this::sessions, () -> server(configuration));
    }

    private void server(Configuration configuration) {
        try (Storage storage = Storage.open(configuration, home, InstantSource.system())) {
            ok(
                    "sessions",
                    "%s, %d session(s)"
                            .formatted(storage, storage.sessions().list().size()));
        } catch (SessionException e) {
            add(Level.PROBLEM, "sessions", e.getMessage(), "");
        }
    }

    private void sessions(Path file) {
        if (!Files.exists(file)) {
            ok("sessions", file + " (not there yet; the first run makes it)");
            return;
        }
        try (SqliteSessionStore store = SqliteSessionStore.open(file, InstantSource.system())) {
            List<String> damage = store.check();
            if (damage.isEmpty()) {
                ok("sessions", "%s, %d session(s)".formatted(file, store.list().size()));
            } else {
                add(Level.PROBLEM, "sessions", file + " is damaged: " + damage.getFirst(), "fettle sessions repair");
            }
        } catch (SessionException e) {
            add(Level.PROBLEM, "sessions", e.getMessage(), "fettle sessions repair");
        }
    }

    private void program(String name, Level ifMissing, String consequence, String remedy) {
        for (String place : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path program = Path.of(place, name);
            if (Files.isExecutable(program)) {
                ok(name, program.toString());
                return;
            }
        }
        add(ifMissing, name, "not on the PATH: " + consequence, remedy);
    }

    private void ok(String subject, String found) {
        add(Level.OK, subject, found, "");
    }

    private void add(Level level, String subject, String found, String remedy) {
        findings.add(new Finding(level, subject, found, remedy));
    }
}
