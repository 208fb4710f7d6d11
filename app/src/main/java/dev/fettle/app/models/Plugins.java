package dev.fettle.app.models;

import dev.fettle.core.model.ProviderPlugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/// Other people's code, from `plugins/` of Fettle's home: each jar there, and each directory of jars, is a
/// plugin with a class loader of its own. Nothing is loaded before a model names a provider that Fettle does
/// not know, and nothing ever from a project.
public final class Plugins {
    private final Path directory;
    private final Map<String, String> environment;
    private final List<Found> found = new ArrayList<>();
    private boolean isLoaded;

    /// Plugins of a directory, which need not exist.
    ///
    /// @param environment what plugins find their keys in
    public Plugins(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /// What a jar or directory turned out to be.
    public sealed interface Found {
        record Provider(Path place, ProviderPlugin plugin) implements Found {}

        record Broken(Path place, String why) implements Found {}
    }

    Map<String, String> environment() {
        return environment;
    }

    Optional<ProviderPlugin> called(String name) {
        return all().stream()
                .filter(Found.Provider.class::isInstance)
                .map(each -> ((Found.Provider) each).plugin())
                .filter(plugin -> plugin.name().equals(name))
                .findFirst();
    }

    /// Everything there, what does not work included.
    public synchronized List<Found> all() {
        if (!isLoaded) {
            isLoaded = true;
            places().forEach(this::load);
        }
        return List.copyOf(found);
    }

    private List<Path> places() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(
                            each -> Files.isDirectory(each) || each.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look for plugins in " + directory, e);
        }
    }

    private void load(Path place) {
        try {
            URLClassLoader loader = new URLClassLoader(jars(place), Plugins.class.getClassLoader());
            List<ProviderPlugin> plugins = ServiceLoader.load(ProviderPlugin.class, loader).stream()
                    .filter(each -> each.type().getClassLoader() == loader)
                    .map(ServiceLoader.Provider::get)
                    .toList();
            if (plugins.isEmpty()) {
                found.add(new Found.Broken(
                        place, "it names no class in META-INF/services/" + ProviderPlugin.class.getName()));
            }
            plugins.forEach(plugin -> add(place, plugin));
        } catch (ServiceConfigurationError | LinkageError | RuntimeException | IOException e) {
            found.add(new Found.Broken(place, "it cannot be loaded: " + e));
        }
    }

    private void add(Path place, ProviderPlugin plugin) {
        String name = plugin.name();
        boolean isTaken = KnownProvider.called(name).isPresent()
                || found.stream()
                        .anyMatch(each -> each instanceof Found.Provider other
                                && other.plugin().name().equals(name));
        if (isTaken) {
            found.add(new Found.Broken(place, "there is another provider called `%s`".formatted(name)));
        } else if (!name.matches("[a-z0-9-]+")) {
            found.add(new Found.Broken(
                    place, "`%s` is no name for a provider: lower-case letters, digits and hyphens".formatted(name)));
        } else {
            found.add(new Found.Provider(place, plugin));
        }
    }

    private static URL[] jars(Path place) throws IOException {
        try (Stream<Path> files = Files.isDirectory(place) ? Files.list(place) : Stream.of(place)) {
            return files.filter(each -> each.toString().endsWith(".jar"))
                    .map(Plugins::url)
                    .toArray(URL[]::new);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
