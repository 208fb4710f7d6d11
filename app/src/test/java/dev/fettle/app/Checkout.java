package dev.fettle.app;

import java.nio.file.Path;

/// The repository that these tests were built from; tests run in their module's directory.
final class Checkout {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Checkout() {}
}
