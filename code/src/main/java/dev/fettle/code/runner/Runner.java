package dev.fettle.code.runner;

import dev.fettle.code.project.ProjectFiles;
import java.util.Optional;

/// A tool that runs tests.
public interface Runner {

    /// As users know it: `maven`.
    String name();

    /// Whether the directory is set up for it.
    boolean fits(ProjectFiles files);

    /// Whether it is run from the outermost of nested directories that it fits, as builds of many modules are.
    default boolean isOutermost() {
        return false;
    }

    /// What runs these tests, in the project's directory. A tool that cannot choose runs all.
    TestCommand command(ProjectFiles files, Selection selection);

    /// Whether its coverage tells which test ran which line.
    default boolean tellsTestsApart() {
        return false;
    }

    /// The same with lines counted, into `$R` or files that the command names; empty if the tool or the project is not
    /// equipped for that.
    default Optional<TestCommand> withCoverage(ProjectFiles files, Selection selection) {
        return Optional.empty();
    }
}
