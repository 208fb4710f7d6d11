package dev.fettle.code.runner.tool;

import dev.fettle.code.runner.Runner;
import dev.fettle.code.runner.js.JavaScript;
import java.util.List;
import java.util.stream.Stream;

/// The runners Fettle knows. A new one is a class and a line here.
public final class KnownRunners {
    /// Where several fit, the first is taken: a makefile mostly calls one of the others.
    public static final List<Runner> ALL = Stream.<List<Runner>>of(
                    List.of(new Maven(), new Gradle(), new Cargo(), new GoTest(), new Dotnet()),
                    JavaScript.RUNNERS,
                    List.of(new Pytest(), new Unittest(), new Rspec(), new Phpunit(), new Ctest(), new Make()))
            .flatMap(List::stream)
            .toList();

    private KnownRunners() {}
}
