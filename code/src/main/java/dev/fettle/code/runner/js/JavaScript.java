package dev.fettle.code.runner.js;

import dev.fettle.code.runner.Runner;
import java.util.List;

/// The runners of JavaScript and TypeScript.
public final class JavaScript {
    /// The one that fits everything with a test script comes last.
    public static final List<Runner> RUNNERS =
            List.of(new Vitest(), new Jest(), new Mocha(), new NodeTest(), new PackageScript());

    private JavaScript() {}
}
