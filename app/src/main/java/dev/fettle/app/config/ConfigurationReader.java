package dev.fettle.app.config;

import dev.fettle.core.text.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the settings layer by layer and reports every mistake at once.
///
/// The `.env` file of the working directory may have come with a repository, so it only sets what cannot direct keys
/// or data elsewhere or loosen a limit; the rest of it is named and left out. A file given with `--env-file` is the
/// user's own.
///
/// @param home Fettle's own directory
/// @param directory the current directory
public record ConfigurationReader(Path home, Path directory, Map<String, String> environment) {

    public ConfigurationReader {
        environment = Map.copyOf(environment);
    }

    /// Every mistake there is, each with the variable's name and an example of a right value.
    public static final class MistakenException extends Exception {
        private final List<String> mistakes;

        MistakenException(List<String> mistakes) {
            super(String.join("\n", mistakes));
            this.mistakes = List.copyOf(mistakes);
        }

        public List<String> mistakes() {
            return mistakes;
        }
    }

    /// Reads all layers.
    ///
    /// @param flags setting name to value
    /// @param envFile the file to trust in place of `.env`
    /// @throws MistakenException if there is any mistake
    public Configuration read(Map<String, String> flags, Optional<Path> envFile) throws MistakenException {
        Reading reading = new Reading();
        reading.defaults();
        reading.file(home.resolve("config.env"), Layer.ENVIRONMENT_FILE);
        reading.file(home.resolve(environmentName(reading, flags, envFile) + ".env"), Layer.PER_ENVIRONMENT_FILE);
        envFile.ifPresentOrElse(
                file -> reading.givenFile(directory.resolve(file)),
                () -> reading.projectFile(directory.resolve(".env"), new TrustedFiles(home.resolve("trusted"))));
        reading.layer(environment, Layer.ENVIRONMENT);
        reading.layer(flags, Layer.FLAG);
        return reading.finish();
    }

    /// The same as these settings, but for what the flags say.
    ///
    /// @param settings which were read without flags
    /// @throws MistakenException if there is any mistake in the flags
    public Configuration read(Configuration settings, Map<String, String> flags) throws MistakenException {
        if (Settings.ENV.names().stream().anyMatch(flags::containsKey)) {
            return read(flags, Optional.empty());
        }
        Reading reading = new Reading();
        reading.values.putAll(settings.values());
        reading.notes.addAll(settings.notes());
        reading.layer(flags, Layer.FLAG);
        return reading.finish();
    }

    /// The files that settings come from if none is given, whether they are there or not.
    public List<Path> files() {
        return Stream.concat(
                        Stream.of("config", "development", "testing", "staging", "production")
                                .map(name -> home.resolve(name + ".env")),
                        Stream.of(directory.resolve(".env"), home.resolve("trusted")))
                .toList();
    }

    /// The environment must be known before its file is read, so the stronger layers are asked first.
    private String environmentName(Reading reading, Map<String, String> flags, Optional<Path> envFile) {
        List<Map<String, String>> layers = new ArrayList<>(List.of(flags, environment));
        envFile.ifPresent(file -> layers.add(reading.entries(directory.resolve(file))));
        for (Map<String, String> layer : layers) {
            for (String name : Settings.ENV.names()) {
                if (layer.containsKey(name)) {
                    return layer.get(name);
                }
            }
        }
        Configuration.Value<?> soFar = reading.values.get(Settings.ENV);
        return soFar == null ? "development" : soFar.text();
    }

    /// One reading in progress: values so far, mistakes so far.
    private static final class Reading {
        private static final Map<String, Setting<?>> SETTINGS = Settings.ALL.stream()
                .flatMap(setting -> setting.names().stream().map(name -> Map.entry(name, setting)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

        private final Map<Setting<?>, Configuration.Value<?>> values = new HashMap<>();
        private final List<String> mistakes = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        void defaults() {
            for (Setting<?> setting : Settings.ALL) {
                setting.standard().ifPresent(text -> set(setting, setting.name(), text, Layer.DEFAULT));
            }
        }

        void file(Path file, Layer layer) {
            entries(file)
                    .forEach((name, text) -> known(file, name).ifPresent(setting -> set(setting, name, text, layer)));
        }

        void givenFile(Path file) {
            if (!file.toFile().isFile()) {
                mistakes.add("`%s`, given with --env-file, is not a file".formatted(file));
            }
            file(file, Layer.DOT_ENV);
        }

        void projectFile(Path file, TrustedFiles trusted) {
            boolean isTheUsers = trusted.contains(file);
            entries(file).forEach((name, text) -> {
                Setting<?> setting = SETTINGS.get(name);
                if (setting == null) {
                    slip(name)
                            .ifPresent(near -> mistakes.add(
                                    "`%s` in `%s` is no setting; did you mean `%s`?".formatted(name, file, near)));
                } else if (isTheUsers || setting.reach() == Setting.Reach.PROJECT) {
                    set(setting, name, text, Layer.DOT_ENV);
                } else {
                    notes.add(
                            ("`%s` in `%s` is not used: a repository may not say where your keys and code go or how far a run may go. "
                                            + "If the file is yours: fettle trust %s")
                                    .formatted(name, file, file.getFileName()));
                }
            });
        }

        void layer(Map<String, String> layer, Layer from) {
            layer.forEach((name, text) -> {
                Setting<?> setting = SETTINGS.get(name);
                if (setting != null) {
                    set(setting, name, text, from);
                }
            });
        }

        Configuration finish() throws MistakenException {
            if (!mistakes.isEmpty()) {
                throw new MistakenException(mistakes);
            }
            return new Configuration(values, notes);
        }

        Map<String, String> entries(Path file) {
            try {
                return EnvFile.read(file);
            } catch (IllegalArgumentException e) {
                mistakes.add(String.valueOf(e.getMessage()));
                return Map.of();
            }
        }

        private Optional<Setting<?>> known(Path file, String name) {
            Setting<?> setting = SETTINGS.get(name);
            if (setting == null) {
                mistakes.add("`%s` in `%s` is no setting%s"
                        .formatted(
                                name,
                                file,
                                slip(name)
                                        .map("; did you mean `%s`?"::formatted)
                                        .orElse("; `fettle config show` lists them")));
            }
            return Optional.ofNullable(setting);
        }

        private Optional<String> slip(String name) {
            return Nearest.to(name, SETTINGS.keySet());
        }

        /// An empty value unsets what weaker layers said.
        private <T> void set(Setting<T> setting, String name, String text, Layer layer) {
            if (text.isBlank()) {
                values.remove(setting);
                return;
            }
            try {
                values.put(
                        setting, new Configuration.Value<>(setting.parser().parse(text.strip()), text.strip(), layer));
            } catch (IllegalArgumentException e) {
                mistakes.add("%s (%s) %s%s; for example %s=%s"
                        .formatted(
                                name,
                                layer.label(),
                                e.getMessage(),
                                setting.isSecret() ? "" : ", not `%s`".formatted(setting.shown(text.strip())),
                                name,
                                setting.example()));
            }
        }
    }
}
