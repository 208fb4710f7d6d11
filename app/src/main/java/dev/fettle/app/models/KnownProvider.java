package dev.fettle.app.models;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.config.Setting;
import dev.fettle.app.config.Settings;
import dev.fettle.core.memory.Embedding;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.providers.anthropic.AnthropicMessages;
import dev.fettle.providers.embedding.GeminiEmbedding;
import dev.fettle.providers.embedding.OpenAiEmbedding;
import dev.fettle.providers.gemini.Gemini;
import dev.fettle.providers.http.Endpoint;
import dev.fettle.providers.http.KeyHeader;
import dev.fettle.providers.http.Wire;
import dev.fettle.providers.openai.OpenAiChat;
import dev.fettle.providers.responses.OpenAiResponses;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

/// The providers that are known by name. Everything else is reached with `LLM_BASE_URL`. What their models take and
/// refuse is in the catalogue.
public enum KnownProvider {
    ANTHROPIC("anthropic", Optional.of(Settings.ANTHROPIC_API_KEY), "https://api.anthropic.com", "claude-sonnet-5-5"),
    OPENAI("openai", Optional.of(Settings.OPENAI_API_KEY), "https://api.openai.com/v1", "gpt-6.1-sol"),
    GEMINI(
            "gemini",
            Optional.of(Settings.GEMINI_API_KEY),
            "https://generativelanguage.googleapis.com/v1beta",
            "gemini-3.8-flash"),
    DEEPSEEK("deepseek", Optional.of(Settings.DEEPSEEK_API_KEY), "https://api.deepseek.com", "deepseek-v4-pro"),
    OPENROUTER("openrouter", Optional.of(Settings.OPENROUTER_API_KEY), "https://openrouter.ai/api/v1", ""),
    AZURE("azure", Optional.of(Settings.AZURE_OPENAI_API_KEY), "", ""),
    OLLAMA("ollama", Optional.empty(), "", ""),
    VLLM("vllm", Optional.empty(), "", ""),
    LMSTUDIO("lmstudio", Optional.empty(), "", "");

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // A record of values and a function without state.
    private final Optional<Setting<String>> key;

    private final String base;
    private final String standardModel;

    /// A provider.
    ///
    /// @param key empty for servers of one's own, which want none
    /// @param base empty if only the settings know it
    /// @param standardModel empty if the user has to name one
    KnownProvider(String word, Optional<Setting<String>> key, String base, String standardModel) {
        this.word = word;
        this.key = key;
        this.base = base;
        this.standardModel = standardModel;
    }

    public static Optional<KnownProvider> called(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }

    /// The name before the slash in `provider/id`.
    String word() {
        return word;
    }

    /// The model used when a key is all that is configured.
    Optional<String> standardModel() {
        return Optional.of(standardModel).filter(id -> !id.isEmpty());
    }

    boolean hasKey(Configuration configuration) {
        return key.flatMap(configuration::find).isPresent();
    }

    /// What has to be set before this provider can be reached.
    public Optional<Setting<?>> missing(Configuration configuration) {
        if (key.isPresent() && !hasKey(configuration)) {
            return Optional.of(key.get());
        }
        boolean hasAddress =
                !base.isEmpty() || address().flatMap(configuration::find).isPresent();
        return hasAddress ? Optional.empty() : address().map(setting -> setting);
    }

    ModelProvider connect(Configuration configuration, Wire wire) {
        Endpoint endpoint = endpoint(configuration);
        return switch (this) {
            case ANTHROPIC -> new AnthropicMessages(endpoint, wire);
            case OPENAI -> new OpenAiResponses(endpoint, wire);
            case AZURE -> new OpenAiResponses(endpoint, KeyHeader.API_KEY, wire);
            case GEMINI -> new Gemini(endpoint, wire);
            case DEEPSEEK, OPENROUTER, OLLAMA, VLLM, LMSTUDIO -> new OpenAiChat(endpoint, wire);
        };
    }

    /// The way to one of its models that say what texts mean; empty if it has none.
    Optional<Embedding> embedding(Configuration configuration, Model model, Wire wire) {
        Endpoint endpoint = endpoint(configuration);
        return switch (this) {
            case ANTHROPIC, DEEPSEEK -> Optional.empty();
            case GEMINI -> Optional.of(new GeminiEmbedding(model, endpoint, wire));
            case AZURE -> Optional.of(new OpenAiEmbedding(model, endpoint, KeyHeader.API_KEY, wire));
            case OPENAI, OPENROUTER, OLLAMA, VLLM, LMSTUDIO ->
                Optional.of(new OpenAiEmbedding(model, endpoint, KeyHeader.BEARER, wire));
        };
    }

    Endpoint endpoint(Configuration configuration) {
        URI address = address().flatMap(configuration::find).orElse(URI.create(base));
        String hint = key.map(setting -> "set " + setting.name()).orElse("see docs/configuration.md");
        return new Endpoint(address, key.flatMap(configuration::find), hint);
    }

    private Optional<Setting<URI>> address() {
        return switch (this) {
            case ANTHROPIC -> Optional.of(Settings.ANTHROPIC_BASE_URL);
            case OPENAI -> Optional.of(Settings.OPENAI_BASE_URL);
            case GEMINI -> Optional.of(Settings.GEMINI_BASE_URL);
            case AZURE -> Optional.of(Settings.AZURE_OPENAI_BASE_URL);
            case OLLAMA -> Optional.of(Settings.OLLAMA_BASE_URL);
            case VLLM -> Optional.of(Settings.VLLM_BASE_URL);
            case LMSTUDIO -> Optional.of(Settings.LMSTUDIO_BASE_URL);
            case DEEPSEEK, OPENROUTER -> Optional.empty();
        };
    }
}
