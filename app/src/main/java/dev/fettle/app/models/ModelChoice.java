package dev.fettle.app.models;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.config.Settings;
import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.core.memory.Embedding;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.providers.catalogue.ModelCatalogue;
import dev.fettle.providers.embedding.OpenAiEmbedding;
import dev.fettle.providers.http.Endpoint;
import dev.fettle.providers.http.KeyHeader;
import dev.fettle.providers.http.Wire;
import dev.fettle.providers.openai.OpenAiChat;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Which model a run uses, and how it is reached.
///
/// `LLM_BASE_URL` wins: then `LLM_MODEL` is that server's name for the model. Otherwise `LLM_MODEL` says
/// `provider/id`, or an id that one provider is known for. With only a key, its provider's standard model is used.
///
/// @param connection opens nothing before it is applied
/// @param way whose health and limits it shares: its provider's, or with a plugin its own
/// @param endpoint where that is; empty if only a plugin knows
public record ModelChoice(
        Model model, String way, Optional<Endpoint> endpoint, Function<Wire, ModelProvider> connection) {
    /// How models behind `LLM_BASE_URL` are named: `compatible/id`.
    private static final String COMPATIBLE = "compatible";

    /// Chooses.
    ///
    /// @throws CommandException if nothing is configured, or a key is missing
    public static ModelChoice of(Configuration configuration, ModelCatalogue catalogue, Plugins plugins) {
        requireSound(catalogue);
        Optional<String> name = configuration.find(Settings.LLM_MODEL);
        Optional<URI> base = configuration.find(Settings.LLM_BASE_URL);
        if (base.isPresent()) {
            return compatible(configuration, catalogue, base.get(), name);
        }
        return plugged(catalogue, plugins, name).orElseGet(() -> known(configuration, catalogue, name));
    }

    /// Chooses the models to ask where the first is unavailable, in their order. Behind `LLM_BASE_URL` they are named
    /// `compatible/id`.
    ///
    /// @throws CommandException if one is not known, or its key is missing
    public static List<ModelChoice> fallbacks(Configuration configuration, ModelCatalogue catalogue, Plugins plugins) {
        Optional<URI> base = configuration.find(Settings.LLM_BASE_URL);
        return configuration.find(Settings.LLM_FALLBACK).orElse(List.of()).stream()
                .map(name -> base.isPresent() && name.startsWith(COMPATIBLE + "/")
                        ? compatible(
                                configuration,
                                catalogue,
                                base.get(),
                                Optional.of(name.substring(COMPATIBLE.length() + 1)))
                        : plugged(catalogue, plugins, Optional.of(name))
                                .orElseGet(() -> known(configuration, catalogue, Optional.of(name))))
                .toList();
    }

    /// The model that says what texts mean, if one is configured. Behind `LLM_BASE_URL` it is named `compatible/id`.
    ///
    /// @throws CommandException if it is not known, its provider has none, or its key is missing
    public static Optional<Embedding> embedding(Configuration configuration, ModelCatalogue catalogue, Wire wire) {
        return configuration.find(Settings.MEMORY_EMBEDDINGS).map(name -> {
            requireSound(catalogue);
            String[] parts = name.split("/", 2);
            if (parts.length < 2) {
                throw CommandException.usage(
                        "MEMORY_EMBEDDINGS is `%s`; write it as provider/id, such as openai/text-embedding-3-small."
                                .formatted(name));
            }
            Model model = catalogue.findEmbedding(parts[0], parts[1]);
            Optional<URI> base = configuration.find(Settings.LLM_BASE_URL);
            if (base.isPresent() && parts[0].equals(COMPATIBLE)) {
                return new OpenAiEmbedding(model, compatible(configuration, base.get()), KeyHeader.BEARER, wire);
            }
            KnownProvider provider = provider(configuration, catalogue, Optional.of(name));
            requireReachable(configuration, provider, name);
            return provider.embedding(configuration, model, wire)
                    .orElseThrow(() -> CommandException.usage(
                            "MEMORY_EMBEDDINGS is `%s`, but %s has no models that say what texts mean; others have."
                                    .formatted(name, provider.word())));
        });
    }

    private static ModelChoice known(Configuration configuration, ModelCatalogue catalogue, Optional<String> name) {
        KnownProvider provider = provider(configuration, catalogue, name);
        requireReachable(configuration, provider, name.orElse(provider.word()));
        String id = name.map(full -> withoutProvider(full, provider))
                .or(provider::standardModel)
                .orElseThrow();
        Model model = withEffort(catalogue.find(provider.word(), id), configuration);
        return new ModelChoice(
                model,
                provider.word(),
                Optional.of(provider.endpoint(configuration)),
                wire -> provider.connect(configuration, wire));
    }

    private static void requireReachable(Configuration configuration, KnownProvider provider, String name) {
        provider.missing(configuration).ifPresent(missing -> {
            throw unauthorized("%s is not set, and %s needs it. Set it in the environment or in config.env."
                    .formatted(missing.name(), name));
        });
    }

    /// A model of a provider that is not built in.
    private static Optional<ModelChoice> plugged(ModelCatalogue catalogue, Plugins plugins, Optional<String> name) {
        String[] parts = name.orElse("").split("/", 2);
        if (parts.length < 2 || KnownProvider.called(parts[0]).isPresent()) {
            return Optional.empty();
        }
        return plugins.called(parts[0]).map(plugin -> {
            try {
                ModelProvider provider = plugin.connect(parts[1], plugins.environment());
                return new ModelChoice(
                        catalogue.find(parts[0], parts[1]), name.orElseThrow(), Optional.empty(), _ -> provider);
            } catch (IllegalArgumentException e) {
                throw unauthorized("The plugin for %s says: %s".formatted(parts[0], e.getMessage()));
            }
        });
    }

    private static Model withEffort(Model model, Configuration configuration) {
        return configuration.find(Settings.LLM_EFFORT).map(model::withEffort).orElse(model);
    }

    /// The user may have made a mistake in the own file of models.
    private static void requireSound(ModelCatalogue catalogue) {
        try {
            catalogue.requireSound();
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("models.json in Fettle's home makes no sense: %s.".formatted(e.getMessage()));
        }
    }

    private static ModelChoice compatible(
            Configuration configuration, ModelCatalogue catalogue, URI base, Optional<String> name) {
        String id = name.orElseThrow(
                () -> CommandException.usage(
                        "LLM_BASE_URL is set and LLM_MODEL is not; name the model as that server knows it, for example LLM_MODEL=qwen3-coder."));
        Endpoint endpoint = compatible(configuration, base);
        return new ModelChoice(
                withEffort(catalogue.find(COMPATIBLE, id), configuration),
                COMPATIBLE,
                Optional.of(endpoint),
                wire -> new OpenAiChat(endpoint, wire));
    }

    private static Endpoint compatible(Configuration configuration, URI base) {
        return new Endpoint(base, configuration.find(Settings.LLM_API_KEY), "set LLM_API_KEY");
    }

    private static KnownProvider provider(
            Configuration configuration, ModelCatalogue catalogue, Optional<String> name) {
        List<KnownProvider> withKey = Arrays.stream(KnownProvider.values())
                .filter(each -> each.hasKey(configuration))
                .toList();
        if (name.isEmpty()) {
            return withKey.stream()
                    .filter(each -> each.standardModel().isPresent())
                    .findFirst()
                    .orElseThrow(
                            () -> unauthorized(
                                    "No model is configured. Set ANTHROPIC_API_KEY, OPENAI_API_KEY, GEMINI_API_KEY or DEEPSEEK_API_KEY, or LLM_MODEL to one of another provider such as ollama/qwen3-coder, or LLM_BASE_URL and LLM_MODEL for any OpenAI-compatible server. `fettle demo` needs none of them."));
        }
        int slash = name.get().indexOf('/');
        if (slash >= 0) {
            String word = name.get().substring(0, slash);
            return KnownProvider.called(word)
                    .orElseThrow(() -> CommandException.usage(
                            "`%s` names the provider `%s`; there are %s, and plugins. For another server set LLM_BASE_URL."
                                    .formatted(name.get(), word, words())));
        }
        return Arrays.stream(KnownProvider.values())
                .filter(each -> catalogue.isKnown(each.word(), name.get()))
                .findFirst()
                .or(() -> withKey.stream().findFirst())
                .orElseThrow(() ->
                        CommandException.usage("No provider is known for the model `%s`; write %s/%s or the like%s."
                                .formatted(
                                        name.get(),
                                        KnownProvider.OPENAI.word(),
                                        name.get(),
                                        suggestion(catalogue, name.get()))));
    }

    private static String suggestion(ModelCatalogue catalogue, String name) {
        List<String> near = catalogue.near(name);
        return near.isEmpty() ? "" : "; near it are " + String.join(", ", near);
    }

    private static String words() {
        return Arrays.stream(KnownProvider.values()).map(KnownProvider::word).collect(Collectors.joining(", "));
    }

    private static String withoutProvider(String name, KnownProvider provider) {
        String prefix = provider.word() + "/";
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    private static CommandException unauthorized(String message) {
        return new CommandException(ExitCode.AUTH_ERROR, List.of(message));
    }
}
