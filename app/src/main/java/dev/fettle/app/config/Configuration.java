package dev.fettle.app.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All settings, read once at the start, with where each came from.
public final class Configuration {
    private final Map<Setting<?>, Value<?>> values;
    private final List<String> notes;

    /// A value that somebody set, or a default.
    ///
    /// @param text as it was written
    public record Value<T>(T parsed, String text, Layer layer) {}

    Configuration(Map<Setting<?>, Value<?>> values, List<String> notes) {
        this.values = Map.copyOf(values);
        this.notes = List.copyOf(notes);
    }

    Map<Setting<?>, Value<?>> values() {
        return values;
    }

    public <T> Optional<T> find(Setting<T> setting) {
        return value(setting).map(Value::parsed);
    }

    /// The value of a setting that has a default.
    public <T> T get(Setting<T> setting) {
        return find(setting).orElseThrow(() -> new IllegalStateException(setting.name() + " has no default"));
    }

    @SuppressWarnings("unchecked") // The reader stores each value under the setting that parsed it.
    public <T> Optional<Value<T>> value(Setting<T> setting) {
        return Optional.ofNullable((Value<T>) values.get(setting));
    }

    /// What a user should know about how the settings were read; no mistakes, those end the program.
    public List<String> notes() {
        return notes;
    }
}
