package dev.fettle.app.config;

import dev.fettle.core.secret.Secrets;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The secrets this process was given: settings that are secret, and variables whose names say so.
public final class KnownSecrets {
    private static final Pattern TELLING = Pattern.compile("(?i).*(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS)");
    private static final int SHORTEST = 8;

    private KnownSecrets() {}

    /// Value to what it is.
    public static Map<String, String> of(Configuration configuration, Map<String, String> environment) {
        Map<String, String> secrets = new HashMap<>();
        environment.forEach((name, value) -> {
            if (TELLING.matcher(name).matches() && value.length() >= SHORTEST) {
                secrets.put(value, Secrets.kindOf(name));
            }
        });
        for (Setting<?> setting : Settings.ALL) {
            configuration
                    .find(setting)
                    .flatMap(value -> value instanceof URI url ? password(url) : Optional.empty())
                    .ifPresent(password -> secrets.put(password, Secrets.kindOf("PASSWORD")));
            if (setting.isSecret()) {
                configuration.value(setting).ifPresent(set -> secrets.put(set.text(), Secrets.kindOf(setting.name())));
            }
        }
        return secrets;
    }

    private static Optional<String> password(URI url) {
        return Optional.ofNullable(url.getUserInfo())
                .filter(user -> user.contains(":"))
                .map(user -> user.substring(user.indexOf(':') + 1))
                .filter(password -> password.length() >= SHORTEST);
    }
}
