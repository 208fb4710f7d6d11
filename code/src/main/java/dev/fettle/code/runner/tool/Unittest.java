package dev.fettle.code.runner.tool;

import static dev.fettle.code.runner.TestCommand.word;

import dev.fettle.code.project.ProjectFiles;
import dev.fettle.code.runner.Runner;
import dev.fettle.code.runner.Selection;
import dev.fettle.code.runner.TestCommand;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The runner that comes with Python. Modules are found from the project's directory and from `tests`.
record Unittest() implements Runner {
    @Override
    public String name() {
        return "unittest";
    }

    @Override
    public boolean fits(ProjectFiles files) {
        return !Python.isDirectoryOfTests(files) && isUsed(files);
    }

    /// Whether a test here is one of unittest's.
    static boolean isUsed(ProjectFiles files) {
        return Stream.concat(tests(files, ""), tests(files, "tests/"))
                .anyMatch(path -> files.text(path).contains("unittest"));
    }

    private static Stream<String> tests(ProjectFiles files, String directory) {
        return files.names(directory.replace("/", "")).stream()
                .filter(name -> name.startsWith("test") && name.endsWith(".py"))
                .map(name -> directory + name);
    }

    @Override
    public TestCommand command(ProjectFiles files, Selection selection) {
        return new TestCommand(
                "PYTHONPATH=.:tests %s -m unittest%s".formatted(Python.program(files), chosen(files, selection)));
    }

    @Override
    public boolean tellsTestsApart() {
        return true;
    }

    @Override
    public Optional<TestCommand> withCoverage(ProjectFiles files, Selection selection) {
        return Optional.of(Python.traced(files, "unittest" + chosen(files, selection), ""));
    }

    private static String chosen(ProjectFiles files, Selection selection) {
        return switch (selection) {
            case Selection.All _ -> discover(files);
            case Selection.In in -> in.path().endsWith(".py") ? " " + word(in.path()) : discover(files);
            case Selection.One one ->
                one.test().suite().isEmpty()
                        ? discover(files) + " -k " + word(one.test().name())
                        : " "
                                + word(module(one.test().suite()) + "."
                                        + one.test().name());
        };
    }

    private static String module(String suite) {
        return suite.endsWith(".py") ? suite.substring(0, suite.length() - 3).replace('/', '.') : suite;
    }

    private static String discover(ProjectFiles files) {
        List<String> names = files.names("tests");
        return names.isEmpty() ? " discover" : " discover -s tests";
    }
}
