package dev.fettle.app.config;

import dev.fettle.app.config.Setting.Reach;
import dev.fettle.core.usage.Budget;
import dev.fettle.core.usage.Money;
import dev.fettle.core.workspace.Confinement;
import dev.fettle.server.client.Cidr;
import dev.fettle.server.json.ForbiddenText;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Every setting there is. A new one is one constant here and one entry in [#ALL].
public final class Settings {
    private static final Set<String> HTTP = Set.of("http", "https");

    public static final Setting<String> ENV = new Setting<>(
            List.of("ENV", "ENVIRONMENT"),
            "which per-environment file is read",
            "production",
            Optional.of("development"),
            Parsers.oneOf(List.of("development", "testing", "staging", "production")),
            Reach.USER);

    public static final Setting<String> LLM_MODEL =
            project("LLM_MODEL", "model, as provider/id or id", "anthropic/claude-sonnet-5-5", Parsers.text());
    public static final Setting<URI> LLM_BASE_URL =
            user("LLM_BASE_URL", "any OpenAI-compatible server", "http://localhost:11434/v1", Parsers.uri(HTTP));
    public static final Setting<String> LLM_API_KEY = secret("LLM_API_KEY", "key for LLM_BASE_URL");
    public static final Setting<Double> LLM_TEMPERATURE =
            project("LLM_TEMPERATURE", "sampling temperature", "0.2", Parsers.decimal(0, 2));
    public static final Setting<String> LLM_EFFORT =
            project("LLM_EFFORT", "how hard the model thinks, in its provider's words", "high", Parsers.text());
    public static final Setting<List<String>> LLM_FALLBACK = user(
            "LLM_FALLBACK",
            "models to ask where LLM_MODEL is unavailable, in this order",
            "openai/gpt-6.1-sol,deepseek/deepseek-v4-pro",
            Parsers.names());
    public static final Setting<Duration> LLM_RETRY_TIME = user(
                    "LLM_RETRY_TIME",
                    "how long a failing model call is repeated, from its first failure; 0s for not at all",
                    "5m",
                    Parsers.durationOrNone())
            .withStandard("60s");
    public static final Setting<Duration> LLM_CALL_TIMEOUT = user(
                    "LLM_CALL_TIMEOUT", "most time of one try of a model call", "20m", Parsers.duration())
            .withStandard("10m");
    public static final Setting<Duration> LLM_IDLE_TIMEOUT = user(
                    "LLM_IDLE_TIMEOUT", "most silence in the middle of an answer", "5m", Parsers.duration())
            .withStandard("2m");
    public static final Setting<Integer> LLM_CONCURRENCY = user(
                    "LLM_CONCURRENCY", "most calls to one provider at a time", "4", Parsers.whole(1, 1000))
            .withStandard("16");
    public static final Setting<Boolean> LLM_CACHE = user(
                    "LLM_CACHE",
                    "answer a request that was sent before from memory, for an hour",
                    "true",
                    Parsers.flag())
            .withStandard("false");
    public static final Setting<String> ANTHROPIC_API_KEY = secret("ANTHROPIC_API_KEY", "key for Anthropic");
    public static final Setting<URI> ANTHROPIC_BASE_URL = user(
            "ANTHROPIC_BASE_URL",
            "another address of the Anthropic API",
            "https://api.anthropic.com",
            Parsers.uri(HTTP));
    public static final Setting<String> OPENAI_API_KEY = secret("OPENAI_API_KEY", "key for OpenAI");
    public static final Setting<URI> OPENAI_BASE_URL = user(
            "OPENAI_BASE_URL", "another address of the OpenAI API", "https://api.openai.com/v1", Parsers.uri(HTTP));
    public static final Setting<String> GEMINI_API_KEY = new Setting<>(
            List.of("GEMINI_API_KEY", "GOOGLE_API_KEY"),
            "key for Gemini",
            "the key, without quotes",
            Optional.empty(),
            Parsers.atLeast(1),
            Reach.SECRET);
    public static final Setting<URI> GEMINI_BASE_URL = user(
            "GEMINI_BASE_URL",
            "another address of the Gemini API",
            "https://generativelanguage.googleapis.com/v1beta",
            Parsers.uri(HTTP));
    public static final Setting<String> DEEPSEEK_API_KEY = secret("DEEPSEEK_API_KEY", "key for DeepSeek");
    public static final Setting<String> OPENROUTER_API_KEY = secret("OPENROUTER_API_KEY", "key for OpenRouter");
    public static final Setting<String> AZURE_OPENAI_API_KEY = secret("AZURE_OPENAI_API_KEY", "key for Azure OpenAI");
    public static final Setting<URI> AZURE_OPENAI_BASE_URL = user(
            "AZURE_OPENAI_BASE_URL",
            "address of your Azure resource",
            "https://my-resource.openai.azure.com/openai/v1",
            Parsers.uri(HTTP));
    public static final Setting<URI> OLLAMA_BASE_URL = user(
                    "OLLAMA_BASE_URL", "address of Ollama", "http://localhost:11434/v1", Parsers.uri(HTTP))
            .withStandard("http://localhost:11434/v1");
    public static final Setting<URI> VLLM_BASE_URL = user(
                    "VLLM_BASE_URL", "address of vLLM", "http://localhost:8000/v1", Parsers.uri(HTTP))
            .withStandard("http://localhost:8000/v1");
    public static final Setting<URI> LMSTUDIO_BASE_URL = user(
                    "LMSTUDIO_BASE_URL", "address of LM Studio", "http://localhost:1234/v1", Parsers.uri(HTTP))
            .withStandard("http://localhost:1234/v1");

    public static final Setting<Integer> AGENT_MAX_STEPS = user(
                    "AGENT_MAX_STEPS", "most model calls of a turn", "100", Parsers.whole(1, 10_000))
            .withStandard("100");
    public static final Setting<Duration> AGENT_MAX_TIME = user(
                    "AGENT_MAX_TIME", "most wall-clock time of a turn", "30m", Parsers.duration())
            .withStandard("1h");
    public static final Setting<Money> AGENT_MAX_COST =
            user("AGENT_MAX_COST", "most US dollars of a turn", "2.50", Parsers.money());
    public static final Setting<Integer> AGENT_MAX_TOKENS =
            user("AGENT_MAX_TOKENS", "most tokens of a turn", "500000", Parsers.whole(1, Integer.MAX_VALUE));
    public static final Setting<Money> AGENT_BUDGET_SESSION =
            user("AGENT_BUDGET_SESSION", "most US dollars of a session", "5", Parsers.money());
    public static final Setting<Money> AGENT_BUDGET_DAY =
            user("AGENT_BUDGET_DAY", "most US dollars of a day", "10", Parsers.money());
    public static final Setting<Money> AGENT_BUDGET_MONTH =
            user("AGENT_BUDGET_MONTH", "most US dollars of a month", "100", Parsers.money());
    public static final Setting<Money> AGENT_BUDGET_USER =
            user("AGENT_BUDGET_USER", "most US dollars of a user in a month", "50", Parsers.money());
    public static final Setting<Long> AGENT_BUDGET_SESSION_TOKENS =
            user("AGENT_BUDGET_SESSION_TOKENS", "most tokens of a session", "2000000", Parsers.count());
    public static final Setting<Long> AGENT_BUDGET_DAY_TOKENS =
            user("AGENT_BUDGET_DAY_TOKENS", "most tokens of a day", "10000000", Parsers.count());
    public static final Setting<Long> AGENT_BUDGET_MONTH_TOKENS =
            user("AGENT_BUDGET_MONTH_TOKENS", "most tokens of a month", "100000000", Parsers.count());
    public static final Setting<Long> AGENT_BUDGET_USER_TOKENS =
            user("AGENT_BUDGET_USER_TOKENS", "most tokens of a user in a month", "50000000", Parsers.count());
    public static final Setting<Boolean> AGENT_ALLOW_UNPRICED = user(
                    "AGENT_ALLOW_UNPRICED",
                    "call models of unknown price though dollars are limited",
                    "true",
                    Parsers.flag())
            .withStandard("false");
    public static final Setting<Boolean> AGENT_CLASSIFY = project(
                    "AGENT_CLASSIFY",
                    "find out by a small model call what kind of task a request is",
                    "true",
                    Parsers.flag())
            .withStandard("false");
    public static final Setting<Integer> AGENT_MAP_TOKENS = project(
                    "AGENT_MAP_TOKENS",
                    "most tokens of the map of the repository a session begins with; 0 for no map",
                    "2000",
                    Parsers.whole(0, 50_000))
            .withStandard("1000");
    public static final Setting<Integer> AGENT_COMPACT_AT = project(
                    "AGENT_COMPACT_AT",
                    "at how many per cent of the model's window a conversation is compacted; 0 for only when it has to be",
                    "60",
                    Parsers.whole(0, 100))
            .withStandard("80");
    public static final Setting<Boolean> AGENT_MEMORY = project(
                    "AGENT_MEMORY",
                    "tell agents what you wanted remembered, and let them remember more when you ask",
                    "false",
                    Parsers.flag())
            .withStandard("true");
    public static final Setting<String> MEMORY_EMBEDDINGS = user(
            "MEMORY_EMBEDDINGS",
            "model by which what you wanted remembered is also found by meaning, as provider/id",
            "openai/text-embedding-3-small",
            Parsers.text());
    public static final Setting<Double> MEMORY_LIKENESS = user(
                    "MEMORY_LIKENESS",
                    "from which cosine on MEMORY_EMBEDDINGS takes two texts for alike",
                    "0.6",
                    Parsers.decimal(0, 1))
            .withStandard("0.4");
    public static final Setting<Boolean> AGENT_NOTIFY = user(
                    "AGENT_NOTIFY",
                    "tell the terminal when a long turn has ended or something is asked",
                    "false",
                    Parsers.flag())
            .withStandard("true");
    public static final Setting<Boolean> AGENT_DEBUG = project(
                    "AGENT_DEBUG", "stack traces of failures", "true", Parsers.flag())
            .withStandard("false");
    public static final Setting<Boolean> READONLY_MODE = user(
                    "READONLY_MODE", "refuse every change and command", "true", Parsers.flag())
            .withStandard("false");
    public static final Setting<String> AGENT_SANDBOX = user(
                    "AGENT_SANDBOX",
                    "how far commands reach into the file system",
                    "read-only",
                    Parsers.oneOf(List.of("read-only", "workspace-write", "full", "none")))
            .withStandard("workspace-write");
    public static final Setting<Confinement.Network> AGENT_NETWORK = user(
                    "AGENT_NETWORK", "whom commands may talk to", "allow:repo.maven.apache.org", Parsers.network())
            .withStandard("off");
    public static final Setting<Set<String>> AGENT_ALLOW_SECRETS = user(
            "AGENT_ALLOW_SECRETS",
            "secrets that may reach the model",
            "openai#1,jwt",
            text -> Set.of(text.split(",", -1)));
    public static final Setting<Path> WORK_DIR = user("WORK_DIR", "directory to work in", "/srv/project", Path::of);

    public static final Setting<Path> WORK_ROOT =
            user("WORK_ROOT", "directory below which runs of the HTTP service work", "/srv/workspaces", Path::of);

    public static final Setting<Long> WORKSPACE_QUOTA = user(
                    "WORKSPACE_QUOTA", "most bytes of a directory that runs work in", "20GB", Parsers.bytes())
            .withStandard("5GB");
    public static final Setting<Long> WORKSPACE_FILES = user(
                    "WORKSPACE_FILES", "most files of a directory that runs work in", "1000000", Parsers.count())
            .withStandard("500000");
    public static final Setting<Long> WORK_ROOT_QUOTA =
            user("WORK_ROOT_QUOTA", "most bytes of all those directories together", "500GB", Parsers.bytes());
    public static final Setting<Long> UPLOAD_LIMIT = user(
                    "UPLOAD_LIMIT", "most bytes of an archive that is sent", "50MB", Parsers.bytes())
            .withStandard("100MB");
    public static final Setting<List<String>> GIT_HOSTS = user(
            "GIT_HOSTS", "hosts that repositories may be fetched from", "github.com,git.internal", Parsers.names());
    public static final Setting<Path> GIT_FILES =
            user("GIT_FILES", "directory whose repositories may be fetched by file: URLs", "/srv/git", Path::of);
    public static final Setting<Duration> GIT_TIMEOUT = user(
                    "GIT_TIMEOUT", "how long fetching a repository may take", "30m", Parsers.duration())
            .withStandard("10m");

    public static final Setting<String> LOG_LEVEL = project(
                    "LOG_LEVEL",
                    "least severe log level",
                    "info",
                    Parsers.oneOf(List.of("trace", "debug", "info", "warn", "warning", "error")))
            .withStandard("warn");
    public static final Setting<Path> LOG_FILE =
            user("LOG_FILE", "log file instead of standard error", "/var/log/fettle.log", Path::of);
    public static final Setting<String> LOG_FORMAT = user(
                    "LOG_FORMAT",
                    "lines of JSON or for people; auto is JSON where serve, worker and scheduler have no terminal",
                    "json",
                    Parsers.oneOf(List.of("auto", "json", "text")))
            .withStandard("auto");
    public static final Setting<Integer> METRICS_PORT = user(
            "METRICS_PORT",
            "port for metrics and health without a key; 0 for any free",
            "9464",
            Parsers.whole(0, 65_535));
    public static final Setting<String> METRICS_HOST = user(
                    "METRICS_HOST", "address that METRICS_PORT is opened on", "0.0.0.0", Parsers.text())
            .withStandard("127.0.0.1");

    public static final Setting<Integer> PORT = user(
                    "PORT", "port of the HTTP service", "8000", Parsers.whole(1, 65_535))
            .withStandard("8000");
    public static final Setting<List<String>> ALLOWED_HOSTS = user(
            "ALLOWED_HOSTS",
            "names under which the HTTP service answers",
            "fettle.example.org,localhost",
            Parsers.hosts());
    public static final Setting<List<String>> CORS_ORIGINS = user(
            "CORS_ORIGINS",
            "origins whose pages may read the HTTP service's answers",
            "https://tools.example.org",
            Parsers.origins());
    public static final Setting<List<Cidr>> TRUSTED_PROXIES = user(
            "TRUSTED_PROXIES",
            "addresses of proxies whose X-Forwarded-For is believed",
            "10.0.0.0/8,fd00::/8",
            Parsers.addresses());
    public static final Setting<Integer> RATE_PER_USER = user(
                    "RATE_PER_USER", "most requests of a user in a minute", "120", Parsers.whole(1, 1_000_000))
            .withStandard("60");
    public static final Setting<Integer> RATE_PER_IP = user(
                    "RATE_PER_IP", "most requests of an address in a minute", "200", Parsers.whole(1, 1_000_000))
            .withStandard("100");
    public static final Setting<Integer> STREAMS_PER_USER = user(
                    "STREAMS_PER_USER", "most streams of events of a user at a time", "4", Parsers.whole(1, 100_000))
            .withStandard("16");
    public static final Setting<Integer> STREAMS_IN_ALL = user(
                    "STREAMS_IN_ALL", "most streams of events at a time", "500", Parsers.whole(1, 100_000))
            .withStandard("2000");
    public static final Setting<Long> BODY_LIMIT = user(
                    "BODY_LIMIT", "most bytes of a request's body", "4MB", Parsers.bytes(1_000, 1_000_000_000))
            .withStandard("1MB");
    public static final Setting<Integer> MAX_MESSAGE_LENGTH = user(
                    "MAX_MESSAGE_LENGTH",
                    "most characters of a text in a request",
                    "50000",
                    Parsers.whole(1, 10_000_000))
            .withStandard("10000");
    public static final Setting<List<ForbiddenText>> FORBIDDEN_PATTERNS = user(
            "FORBIDDEN_PATTERNS",
            "what no text in a request may contain, as regular expressions of RE2 with blanks between",
            "(?i)internal\\s+only \\b[0-9]{16}\\b",
            Parsers.expressions());
    public static final Setting<URI> DATABASE_URL = user(
            "DATABASE_URL",
            "PostgreSQL, or another SQLite file, for sessions and costs",
            "postgresql://fettle:password@db:5432/fettle",
            Parsers.uri(Set.of("postgresql", "postgres", "sqlite")));
    public static final Setting<Integer> DATABASE_POOL_SIZE = user(
                    "DATABASE_POOL_SIZE", "connections to it", "10", Parsers.whole(1, 1000))
            .withStandard("10");
    public static final Setting<Integer> WORKER_RUNS = user(
                    "WORKER_RUNS", "runs a worker carries out at a time", "8", Parsers.whole(1, 1000))
            .withStandard("4");
    public static final Setting<Duration> WORKER_LEASE = user(
                    "WORKER_LEASE", "after how long a silent worker is taken for dead", "30s", Parsers.duration())
            .withStandard("10s");
    public static final Setting<Duration> SHUTDOWN_GRACE = user(
                    "SHUTDOWN_GRACE",
                    "how long a run may take to reach the end of its step at a stop",
                    "1m",
                    Parsers.duration())
            .withStandard("30s");
    public static final Setting<Integer> AGENT_UNDO_FILES = user(
                    "AGENT_UNDO_FILES",
                    "most files and directories of a workspace whose changes can be undone; 0 for no undo",
                    "200000",
                    Parsers.whole(0, 100_000_000))
            .withStandard("50000");
    public static final Setting<Path> SNAPSHOT_DIR = user(
            "SNAPSHOT_DIR", "directory shared by all workers, for the trees of their runs", "/mnt/fettle", Path::of);
    public static final Setting<Integer> RUNS_PER_USER = user(
                    "RUNS_PER_USER", "most runs of a user at a time", "2", Parsers.whole(1, 100_000))
            .withStandard("4");
    public static final Setting<Integer> RUNS_IN_ALL = user(
                    "RUNS_IN_ALL", "most runs at a time", "200", Parsers.whole(1, 100_000))
            .withStandard("64");
    public static final Setting<Integer> QUEUE_LIMIT = user(
                    "QUEUE_LIMIT", "most runs that may wait behind those", "100", Parsers.whole(1, 1_000_000))
            .withStandard("1000");
    public static final Setting<Duration> RETENTION =
            user("RETENTION", "how long sessions, runs, audit and dead keys are kept", "90d", Parsers.duration());
    public static final Setting<Duration> RETENTION_FACTS =
            user("RETENTION_FACTS", "how long facts are kept that nobody changes", "365d", Parsers.duration());
    public static final Setting<Long> OUTPUT_LIMIT = user(
                    "OUTPUT_LIMIT", "most bytes of kept command output", "500MB", Parsers.bytes())
            .withStandard("1GB");
    public static final Setting<Long> SNAPSHOT_LIMIT = user(
                    "SNAPSHOT_LIMIT", "most bytes of kept snapshots of working trees", "50GB", Parsers.bytes())
            .withStandard("10GB");
    public static final Setting<URI> ALERT_WEBHOOK = new Setting<>(
            List.of("ALERT_WEBHOOK"),
            "address of a chat room that is told the daily report",
            "https://hooks.slack.com/services/…",
            Optional.empty(),
            Parsers.uri(HTTP),
            Reach.SECRET);
    public static final Setting<URI> REDIS_URL =
            user("REDIS_URL", "shared cache", "redis://cache:6379", Parsers.uri(Set.of("redis", "rediss")));
    public static final Setting<Integer> REDIS_TTL = user(
                    "REDIS_TTL", "most seconds that an answer is kept there", "3600", Parsers.whole(1, 31_536_000))
            .withStandard("3600");
    public static final Setting<Duration> CHAT_CACHE = user(
            "CHAT_CACHE", "how long the service gives an answer again that took no tool", "1h", Parsers.duration());
    public static final Setting<String> SECRET_KEY = new Setting<>(
            List.of("SECRET_KEY"),
            "signs tokens of the HTTP service",
            "32 random characters: openssl rand -hex 32",
            Optional.empty(),
            Parsers.atLeast(32),
            Reach.SECRET);
    public static final Setting<Integer> JWT_EXPIRE_MINUTES = user(
                    "JWT_EXPIRE_MINUTES", "minutes a token is good for", "60", Parsers.whole(1, 525_600))
            .withStandard("60");
    public static final Setting<URI> JWT_JWKS_URL = user(
            "JWT_JWKS_URL",
            "where an identity provider publishes the keys that sign its tokens",
            "https://login.example.org/.well-known/jwks.json",
            Parsers.safeUrl());
    public static final Setting<String> JWT_ISSUER =
            user("JWT_ISSUER", "who gives those tokens, as they say", "https://login.example.org/", Parsers.text());
    public static final Setting<String> JWT_AUDIENCE =
            user("JWT_AUDIENCE", "whom those tokens are for, as they say", "fettle", Parsers.text());

    public static final List<Setting<?>> ALL = List.of(
            ENV,
            LLM_MODEL,
            LLM_BASE_URL,
            LLM_API_KEY,
            LLM_TEMPERATURE,
            LLM_EFFORT,
            LLM_FALLBACK,
            LLM_RETRY_TIME,
            LLM_CALL_TIMEOUT,
            LLM_IDLE_TIMEOUT,
            LLM_CONCURRENCY,
            LLM_CACHE,
            ANTHROPIC_API_KEY,
            ANTHROPIC_BASE_URL,
            OPENAI_API_KEY,
            OPENAI_BASE_URL,
            GEMINI_API_KEY,
            GEMINI_BASE_URL,
            DEEPSEEK_API_KEY,
            OPENROUTER_API_KEY,
            AZURE_OPENAI_API_KEY,
            AZURE_OPENAI_BASE_URL,
            OLLAMA_BASE_URL,
            VLLM_BASE_URL,
            LMSTUDIO_BASE_URL,
            AGENT_MAX_STEPS,
            AGENT_MAX_TIME,
            AGENT_MAX_COST,
            AGENT_MAX_TOKENS,
            AGENT_BUDGET_SESSION,
            AGENT_BUDGET_DAY,
            AGENT_BUDGET_MONTH,
            AGENT_BUDGET_USER,
            AGENT_BUDGET_SESSION_TOKENS,
            AGENT_BUDGET_DAY_TOKENS,
            AGENT_BUDGET_MONTH_TOKENS,
            AGENT_BUDGET_USER_TOKENS,
            AGENT_ALLOW_UNPRICED,
            AGENT_CLASSIFY,
            AGENT_MAP_TOKENS,
            AGENT_COMPACT_AT,
            AGENT_MEMORY,
            MEMORY_EMBEDDINGS,
            MEMORY_LIKENESS,
            AGENT_UNDO_FILES,
            AGENT_NOTIFY,
            AGENT_DEBUG,
            READONLY_MODE,
            AGENT_SANDBOX,
            AGENT_NETWORK,
            AGENT_ALLOW_SECRETS,
            WORK_DIR,
            WORK_ROOT,
            WORKSPACE_QUOTA,
            WORKSPACE_FILES,
            WORK_ROOT_QUOTA,
            UPLOAD_LIMIT,
            GIT_HOSTS,
            GIT_FILES,
            GIT_TIMEOUT,
            LOG_LEVEL,
            LOG_FILE,
            LOG_FORMAT,
            METRICS_PORT,
            METRICS_HOST,
            PORT,
            ALLOWED_HOSTS,
            CORS_ORIGINS,
            TRUSTED_PROXIES,
            RATE_PER_USER,
            RATE_PER_IP,
            STREAMS_PER_USER,
            STREAMS_IN_ALL,
            BODY_LIMIT,
            MAX_MESSAGE_LENGTH,
            FORBIDDEN_PATTERNS,
            DATABASE_URL,
            DATABASE_POOL_SIZE,
            WORKER_RUNS,
            WORKER_LEASE,
            SHUTDOWN_GRACE,
            SNAPSHOT_DIR,
            RUNS_PER_USER,
            RUNS_IN_ALL,
            QUEUE_LIMIT,
            RETENTION,
            RETENTION_FACTS,
            OUTPUT_LIMIT,
            SNAPSHOT_LIMIT,
            ALERT_WEBHOOK,
            REDIS_URL,
            REDIS_TTL,
            CHAT_CACHE,
            SECRET_KEY,
            JWT_EXPIRE_MINUTES,
            JWT_JWKS_URL,
            JWT_ISSUER,
            JWT_AUDIENCE);

    private Settings() {}

    /// The most US dollars of a scope.
    public static Setting<Money> budget(Budget.Scope scope) {
        return switch (scope) {
            case SESSION -> AGENT_BUDGET_SESSION;
            case DAY -> AGENT_BUDGET_DAY;
            case MONTH -> AGENT_BUDGET_MONTH;
            case USER -> AGENT_BUDGET_USER;
        };
    }

    /// The most tokens of a scope.
    public static Setting<Long> tokenBudget(Budget.Scope scope) {
        return switch (scope) {
            case SESSION -> AGENT_BUDGET_SESSION_TOKENS;
            case DAY -> AGENT_BUDGET_DAY_TOKENS;
            case MONTH -> AGENT_BUDGET_MONTH_TOKENS;
            case USER -> AGENT_BUDGET_USER_TOKENS;
        };
    }

    private static <T> Setting<T> project(String name, String description, String example, Setting.Parser<T> parser) {
        return new Setting<>(List.of(name), description, example, Optional.empty(), parser, Reach.PROJECT);
    }

    private static <T> Setting<T> user(String name, String description, String example, Setting.Parser<T> parser) {
        return new Setting<>(List.of(name), description, example, Optional.empty(), parser, Reach.USER);
    }

    private static Setting<String> secret(String name, String description) {
        return new Setting<>(
                List.of(name),
                description,
                "the key, without quotes",
                Optional.empty(),
                Parsers.atLeast(1),
                Reach.SECRET);
    }
}
