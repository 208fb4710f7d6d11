package dev.fettle.code.runner.js;

import static dev.fettle.code.runner.TestCommand.word;

import dev.fettle.code.project.ProjectFiles;
import dev.fettle.code.report.TestName;
import dev.fettle.code.runner.Runner;
import dev.fettle.code.runner.Selection;
import dev.fettle.code.runner.TestCommand;
import java.util.List;
import java.util.Optional;

/// Mocha, whose TAP reporter says most.
record Mocha() implements Runner {
    @Override
    public String name() {
        return "mocha";
    }

    @Override
    public boolean fits(ProjectFiles files) {
        return PackageFile.of(files).uses("mocha");
    }

    @Override
    public TestCommand command(ProjectFiles files, Selection selection) {
        return new TestCommand(PackageFile.of(files).running("mocha", chosen(selection)), " --reporter tap", List.of());
    }

    @Override
    public Optional<TestCommand> withCoverage(ProjectFiles files, Selection selection) {
        return PackageFile.of(files).dependsOn("c8")
                ? Optional.of(new TestCommand(
                        "npx --no-install c8 --reporter=lcovonly --reports-dir=\"$R/coverage\" mocha"
                                + chosen(selection),
                        " --reporter tap",
                        List.of()))
                : Optional.empty();
    }

    /// The file if the suite is one, and the name.
    private static String chosen(Selection selection) {
        return switch (selection) {
            case Selection.All _ -> "";
            case Selection.In in -> " " + word(in.path());
            case Selection.One one ->
                file(one.test()) + " -g " + PackageFile.exactly(one.test().name());
        };
    }

    private static String file(TestName test) {
        return test.suite().contains(".") ? " " + word(test.suite()) : "";
    }
}
