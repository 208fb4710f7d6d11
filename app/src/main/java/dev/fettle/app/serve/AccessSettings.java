package dev.fettle.app.serve;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.config.Setting;
import dev.fettle.app.config.Settings;
import dev.fettle.cli.host.CommandException;
import dev.fettle.server.Options;
import dev.fettle.server.gate.Seats;
import dev.fettle.server.json.TextRules;
import dev.fettle.server.token.IdentityProvider;
import dev.fettle.server.token.OwnTokens;
import dev.fettle.server.token.PublishedKeys;
import dev.fettle.server.token.Tokens;
import dev.fettle.server.wire.Bounds;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Who may ask the service, what, and how often, as the settings say.
public final class AccessSettings {
    private static final List<Setting<?>> PROVIDER =
            List.of(Settings.JWT_JWKS_URL, Settings.JWT_ISSUER, Settings.JWT_AUDIENCE);

    private AccessSettings() {}

    /// How the server is to be run.
    ///
    /// @param port if it is not the one of the settings
    static Options options(String host, Optional<Integer> port, Configuration configuration) {
        Bounds usual = Bounds.DEFAULT;
        int body = Math.toIntExact(configuration.get(Settings.BODY_LIMIT));
        return Options.on(host, port.orElse(configuration.get(Settings.PORT)))
                .with(new Bounds(usual.targetBytes(), usual.headBytes(), body, usual.connections())
                        .withUploads(configuration.get(Settings.UPLOAD_LIMIT)))
                .with(new TextRules(
                        configuration.get(Settings.MAX_MESSAGE_LENGTH),
                        configuration.find(Settings.FORBIDDEN_PATTERNS).orElse(List.of())))
                .with(new Options.Trust(
                        Set.copyOf(configuration.find(Settings.ALLOWED_HOSTS).orElse(List.of())),
                        Set.copyOf(configuration.find(Settings.CORS_ORIGINS).orElse(List.of())),
                        configuration.find(Settings.TRUSTED_PROXIES).orElse(List.of())))
                .with(Options.Rates.perMinute(
                        configuration.get(Settings.RATE_PER_IP), configuration.get(Settings.RATE_PER_USER)))
                .with(new Seats(
                        configuration.get(Settings.STREAMS_PER_USER), configuration.get(Settings.STREAMS_IN_ALL)))
                .with(configuration.get(Settings.SHUTDOWN_GRACE));
    }

    /// The tokens that are believed.
    ///
    /// @throws CommandException if an identity provider is half configured: its tokens for others would be believed
    public static Tokens tokens(Configuration configuration, InstantSource clock) {
        Duration life = Duration.ofMinutes(configuration.get(Settings.JWT_EXPIRE_MINUTES));
        return new Tokens(
                configuration.find(Settings.SECRET_KEY).map(secret -> new OwnTokens(secret, life, clock)),
                provider(configuration, clock),
                clock);
    }

    private static Optional<IdentityProvider> provider(Configuration configuration, InstantSource clock) {
        List<String> missing = PROVIDER.stream()
                .filter(setting -> configuration.find(setting).isEmpty())
                .map(Setting::name)
                .toList();
        if (missing.size() == PROVIDER.size()) {
            return Optional.empty();
        }
        if (!missing.isEmpty()) {
            throw CommandException.usage("To believe the tokens of an identity provider, set %s too."
                    .formatted(missing.stream().collect(Collectors.joining(" and "))));
        }
        return Optional.of(new IdentityProvider(
                PublishedKeys.at(configuration.find(Settings.JWT_JWKS_URL).orElseThrow(), clock),
                configuration.find(Settings.JWT_ISSUER).orElseThrow(),
                configuration.find(Settings.JWT_AUDIENCE).orElseThrow()));
    }
}
