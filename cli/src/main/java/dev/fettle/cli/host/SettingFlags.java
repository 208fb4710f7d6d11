package dev.fettle.cli.host;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that stand for settings, shared by the commands that use a model.
public final class SettingFlags {
    @Option(
            names = {"-m", "--model"},
            paramLabel = "MODEL",
            description = "Model, as provider/id or id (LLM_MODEL).")
    private @Nullable String model;

    @Option(
            names = "--fallback",
            paramLabel = "MODEL",
            split = ",",
            description = "Models to ask where the model is unavailable, in this order (LLM_FALLBACK).")
    private List<String> fallback = List.of();

    @Option(
            names = {"-C", "--workspace"},
            paramLabel = "DIR",
            description = "Directory to work in (WORK_DIR; default: the current one).")
    private @Nullable String workspace;

    @Option(names = "--max-steps", paramLabel = "N", description = "Most model calls (AGENT_MAX_STEPS).")
    private @Nullable String maxSteps;

    @Option(names = "--max-time", paramLabel = "TIME", description = "Most time, as 90s, 30m or 2h (AGENT_MAX_TIME).")
    private @Nullable String maxTime;

    @Option(names = "--max-cost", paramLabel = "USD", description = "Most dollars, as 2.50 (AGENT_MAX_COST).")
    private @Nullable String maxCost;

    @Option(names = "--max-tokens", paramLabel = "N", description = "Most tokens in all (AGENT_MAX_TOKENS).")
    private @Nullable String maxTokens;

    @Option(
            names = "--allow-unpriced",
            description = "Call a model whose price is unknown though dollars are limited (AGENT_ALLOW_UNPRICED).")
    private boolean allowUnpriced;

    @Option(names = "--temperature", paramLabel = "T", description = "0 to 2 (LLM_TEMPERATURE).")
    private @Nullable String temperature;

    @Option(
            names = "--sandbox",
            paramLabel = "MODE",
            description = "read-only, workspace-write or full (AGENT_SANDBOX).")
    private @Nullable String sandbox;

    @Option(names = "--network", paramLabel = "NET", description = "off, allow:HOST,… or on (AGENT_NETWORK).")
    private @Nullable String network;

    @Option(
            names = "--allow-secret",
            paramLabel = "NAME",
            split = ",",
            description = "Let this secret through to the model, as openai#1 or a kind (AGENT_ALLOW_SECRETS).")
    private List<String> allowedSecrets = List.of();

    @Option(names = "--read-only", description = "Refuse every change and command (READONLY_MODE).")
    private boolean readOnly;

    @Option(names = "--env-file", paramLabel = "FILE", description = "Settings file to trust, in place of ./.env.")
    private @Nullable Path envFile;

    public Host.Flags flags() {
        Map<String, String> settings = new HashMap<>();
        put(settings, "LLM_MODEL", model);
        put(settings, "LLM_FALLBACK", joined(fallback));
        put(settings, "WORK_DIR", workspace);
        put(settings, "AGENT_MAX_STEPS", maxSteps);
        put(settings, "AGENT_MAX_TIME", maxTime);
        put(settings, "AGENT_MAX_COST", maxCost);
        put(settings, "AGENT_MAX_TOKENS", maxTokens);
        put(settings, "AGENT_ALLOW_UNPRICED", allowUnpriced ? "true" : null);
        put(settings, "LLM_TEMPERATURE", temperature);
        put(settings, "AGENT_SANDBOX", sandbox);
        put(settings, "AGENT_NETWORK", network);
        put(settings, "AGENT_ALLOW_SECRETS", joined(allowedSecrets));
        put(settings, "READONLY_MODE", readOnly ? "true" : null);
        return new Host.Flags(settings, Optional.ofNullable(envFile));
    }

    private static @Nullable String joined(List<String> values) {
        return values.isEmpty() ? null : String.join(",", values);
    }

    private static void put(Map<String, String> settings, String name, @Nullable String value) {
        if (value != null) {
            settings.put(name, value);
        }
    }
}
