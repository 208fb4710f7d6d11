package dev.fettle.core.permission;

import java.util.Locale;

/// Who wrote a rule. No layer can loosen another: of all rules that fit, the strictest decides.
public enum Layer {
    /// What holds where no rule fits.
    DEFAULT,
    /// Rules that come with Fettle.
    BUILT_IN,
    /// What a person answered in this run.
    SESSION,
    /// The user's own file.
    USER,
    /// The file of whoever runs the machine.
    MANAGED,
    /// A file in the workspace, written by anybody: it may only tighten.
    PROJECT;

    /// As people and logs write it: `built-in`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
