package dev.fettle.code.runner.js;

import static dev.fettle.code.runner.TestCommand.word;

import dev.fettle.code.project.ProjectFiles;
import dev.fettle.code.report.TestName;
import dev.fettle.code.runner.Runner;
import dev.fettle.code.runner.Selection;
import dev.fettle.code.runner.TestCommand;
import java.util.List;
import java.util.Optional;

/// Jest.
record Jest() implements Runner {
    @Override
    public String name() {
        return "jest";
    }

    @Override
    public boolean fits(ProjectFiles files) {
        return PackageFile.of(files).uses("jest");
    }

    private static final String REPORT = " --json --outputFile=\"$R/report.json\"";

    @Override
    public TestCommand command(ProjectFiles files, Selection selection) {
        return new TestCommand(PackageFile.of(files).running("jest", " --ci" + chosen(selection)), REPORT, List.of());
    }

    @Override
    public Optional<TestCommand> withCoverage(ProjectFiles files, Selection selection) {
        return Optional.of(command(files, selection)
                .reporting(" --coverage --coverageReporters=lcovonly --coverageDirectory=\"$R/coverage\""));
    }

    /// The file if the suite is one, and the name.
    private static String chosen(Selection selection) {
        return switch (selection) {
            case Selection.All _ -> "";
            case Selection.In in -> " " + word(in.path());
            case Selection.One one ->
                file(one.test()) + " -t " + PackageFile.exactly(one.test().name());
        };
    }

    private static String file(TestName test) {
        return test.suite().contains(".") ? " " + word(test.suite()) : "";
    }
}
