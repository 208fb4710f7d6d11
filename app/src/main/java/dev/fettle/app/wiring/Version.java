package dev.fettle.app.wiring;

import java.util.Optional;

/// The version of the program that runs.
public final class Version {
    private Version() {}

    /// As the package says; `development` when run from class files.
    public static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
