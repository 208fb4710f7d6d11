package dev.fettle.core.permission;

/// Which rule decided.
public record RuleId(Layer layer, String name) {

    /// As the log keeps it: `user:git push`.
    @Override
    public String toString() {
        return layer + ":" + name;
    }
}
