package dev.fettle.code.runner.tool;

import static dev.fettle.code.runner.TestCommand.word;

import dev.fettle.code.project.ProjectFiles;
import dev.fettle.code.report.TestName;
import dev.fettle.code.runner.Runner;
import dev.fettle.code.runner.Selection;
import dev.fettle.code.runner.TestCommand;
import java.util.List;
import java.util.Optional;

/// `go test`, with its events as JSON.
record GoTest() implements Runner {
    @Override
    public String name() {
        return "go";
    }

    @Override
    public boolean fits(ProjectFiles files) {
        return files.has("go.mod");
    }

    @Override
    public TestCommand command(ProjectFiles files, Selection selection) {
        return new TestCommand("go test -json" + chosen(selection));
    }

    @Override
    public Optional<TestCommand> withCoverage(ProjectFiles files, Selection selection) {
        return Optional.of(new TestCommand(
                "go test -json -coverpkg=./... -coverprofile=\"$R/coverage.out\"" + chosen(selection), "", List.of()));
    }

    private static String chosen(Selection selection) {
        return switch (selection) {
            case Selection.All _ -> " ./...";
            case Selection.In in -> " " + word(directory(in.path()));
            case Selection.One one ->
                " -run " + word("^" + one.test().name().replace("/", "$/^") + "$") + " " + word(place(one.test()));
        };
    }

    /// Tests are chosen by package, which is a directory.
    private static String directory(String path) {
        String directory = path.endsWith(".go") ? path.substring(0, Math.max(0, path.lastIndexOf('/'))) : path;
        return directory.isEmpty() ? "." : "./" + directory;
    }

    /// A package by its import path, or all.
    private static String place(TestName test) {
        String suite = test.suite();
        return suite.isEmpty() ? "./..." : suite.endsWith(".go") ? directory(suite) : suite;
    }
}
