package dev.fettle.core.permission;

import java.util.Locale;

/// How long a yes, or a rule, holds.
public enum Scope {
    ONCE,
    /// Until the program ends.
    SESSION,
    /// In one directory.
    PROJECT,
    ALWAYS;

    /// As files and reports write it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
