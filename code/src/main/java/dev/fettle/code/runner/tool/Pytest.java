package dev.fettle.code.runner.tool;

import static dev.fettle.code.runner.TestCommand.word;

import dev.fettle.code.project.ProjectFiles;
import dev.fettle.code.report.TestName;
import dev.fettle.code.runner.Runner;
import dev.fettle.code.runner.Selection;
import dev.fettle.code.runner.TestCommand;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// pytest, where a project says that it uses it.
record Pytest() implements Runner {
    private static final String REPORT = " --junitxml=\"$R/report.xml\"";

    @Override
    public String name() {
        return "pytest";
    }

    @Override
    public boolean fits(ProjectFiles files) {
        return !Python.isDirectoryOfTests(files)
                && (isConfigured(files) || (hasTests(files) && !Unittest.isUsed(files)));
    }

    private static boolean isConfigured(ProjectFiles files) {
        return files.has("pytest.ini")
                || files.has("conftest.py")
                || files.has("tests/conftest.py")
                || Stream.of("pyproject.toml", "setup.cfg", "tox.ini", "requirements.txt", "requirements-dev.txt")
                        .anyMatch(file -> files.text(file).contains("pytest"));
    }

    private static boolean hasTests(ProjectFiles files) {
        return Stream.concat(files.names("").stream(), files.names("tests").stream())
                .anyMatch(Pytest::isTest);
    }

    private static boolean isTest(String name) {
        return name.matches("test_.*\\.py|.*_test\\.py");
    }

    @Override
    public TestCommand command(ProjectFiles files, Selection selection) {
        return new TestCommand(Python.program(files) + " -m pytest" + chosen(files, selection), REPORT, List.of());
    }

    @Override
    public boolean tellsTestsApart() {
        return true;
    }

    @Override
    public Optional<TestCommand> withCoverage(ProjectFiles files, Selection selection) {
        return Optional.of(Python.traced(files, "pytest" + chosen(files, selection), REPORT));
    }

    private static String chosen(ProjectFiles files, Selection selection) {
        return switch (selection) {
            case Selection.All _ -> "";
            case Selection.In in -> " " + word(in.path());
            case Selection.One one -> " " + word(id(files, one.test()));
        };
    }

    /// A node id; without a suite, an expression that finds the name.
    private static String id(ProjectFiles files, TestName test) {
        return test.suite().isEmpty() ? "-k=" + test.name() : Python.file(files, test) + "::" + test.name();
    }
}
