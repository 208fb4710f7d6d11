package dev.fettle.code.runner.js;

import static dev.fettle.code.runner.TestCommand.word;

import dev.fettle.code.project.ProjectFiles;
import dev.fettle.code.report.TestName;
import dev.fettle.code.runner.Runner;
import dev.fettle.code.runner.Selection;
import dev.fettle.code.runner.TestCommand;
import java.util.Optional;

/// The runner that comes with Node. Options have to come before files, so its script is not appended to.
record NodeTest() implements Runner {
    @Override
    public String name() {
        return "node:test";
    }

    @Override
    public boolean fits(ProjectFiles files) {
        return usesNode(files);
    }

    private static final String PROGRAM = "node --test";

    private static boolean usesNode(ProjectFiles files) {
        return PackageFile.of(files).test().contains(PROGRAM)
                || (PackageFile.of(files).test().isEmpty()
                        && (hasTests(files, "") || hasTests(files, "test") || hasTests(files, "tests")));
    }

    private static boolean hasTests(ProjectFiles files, String directory) {
        return files.names(directory).stream()
                .filter(name -> name.matches(".*[.-]test\\.[cm]?js|test-.*\\.[cm]?js|test\\.[cm]?js"))
                .anyMatch(name -> files.text(directory.isEmpty() ? name : directory + "/" + name)
                        .contains("node:test"));
    }

    @Override
    public TestCommand command(ProjectFiles files, Selection selection) {
        return new TestCommand(line(files, selection, " --test-reporter=tap"));
    }

    @Override
    public Optional<TestCommand> withCoverage(ProjectFiles files, Selection selection) {
        return Optional.of(new TestCommand(line(
                files,
                selection,
                " --experimental-test-coverage --test-reporter=tap --test-reporter-destination=stdout"
                        + " --test-reporter=lcov --test-reporter-destination=\"$R/coverage.info\"")));
    }

    private static String line(ProjectFiles files, Selection selection, String options) {
        String script = PackageFile.of(files).test();
        return switch (selection) {
            case Selection.All _ ->
                script.contains(PROGRAM) ? script.replace(PROGRAM, PROGRAM + options) : PROGRAM + options;
            case Selection.In in -> PROGRAM + options + " " + word(in.path());
            case Selection.One one ->
                PROGRAM + options + " --test-name-pattern="
                        + PackageFile.exactly(one.test().name()) + file(one.test());
        };
    }

    private static String file(TestName test) {
        return test.suite().matches(".*\\.[cm]?[jt]s") ? " " + word(test.suite()) : "";
    }
}
