package dev.fettle.app.wiring;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.config.Setting;
import dev.fettle.app.config.Settings;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.providers.anthropic.AnthropicMessages;
import dev.fettle.providers.http.Endpoint;
import dev.fettle.providers.http.Wire;
import dev.fettle.providers.openai.OpenAiChat;
import dev.fettle.providers.responses.OpenAiResponses;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

/// The providers that need nothing but a key. Everything else is reached with `LLM_BASE_URL`.
enum KnownProvider {
    ANTHROPIC("anthropic", Settings.ANTHROPIC_API_KEY, "https://api.anthropic.com", "claude-sonnet-5-5"),
    OPENAI("openai", Settings.OPENAI_API_KEY, "https://api.openai.com/v1", "gpt-6.1-sol"),
    DEEPSEEK("deepseek", Settings.DEEPSEEK_API_KEY, "https://api.deepseek.com", "deepseek-v4-pro");

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // A record of values and a function without state.
    private final Setting<String> key;

    private final String base;
    private final String standardModel;

    KnownProvider(String word, Setting<String> key, String base, String standardModel) {
        this.word = word;
        this.key = key;
        this.base = base;
        this.standardModel = standardModel;
    }

    static Optional<KnownProvider> called(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }

    /// The name before the slash in `provider/id`.
    String word() {
        return word;
    }

    Setting<String> key() {
        return key;
    }

    /// The model used when a key is all that is configured.
    String standardModel() {
        return standardModel;
    }

    boolean hasKey(Configuration configuration) {
        return configuration.find(key).isPresent();
    }

    ModelProvider connect(Configuration configuration, Wire wire) {
        Endpoint endpoint = new Endpoint(address(configuration), configuration.find(key), "set " + key.name());
        return switch (this) {
            case ANTHROPIC -> new AnthropicMessages(endpoint, wire);
            case OPENAI -> new OpenAiResponses(endpoint, wire);
            case DEEPSEEK -> new OpenAiChat(endpoint, wire);
        };
    }

    private URI address(Configuration configuration) {
        Optional<URI> other = switch (this) {
            case ANTHROPIC -> configuration.find(Settings.ANTHROPIC_BASE_URL);
            case OPENAI -> configuration.find(Settings.OPENAI_BASE_URL);
            case DEEPSEEK -> Optional.empty();
        };
        return other.orElse(URI.create(base));
    }
}
