package dev.fettle.app.config;

/// Where a setting's value comes from; later ones win.
public enum Layer {
    DEFAULT("default"),
    /// `config.env` in Fettle's home.
    ENVIRONMENT_FILE("environment file"),
    /// `development.env`, `testing.env`, `staging.env` or `production.env` in Fettle's home, chosen by `ENV`.
    PER_ENVIRONMENT_FILE("per-environment file"),
    /// `.env` in the current directory, or the file given with `--env-file`.
    DOT_ENV(".env"),
    ENVIRONMENT("environment"),
    FLAG("flag");

    private final String label;

    Layer(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
