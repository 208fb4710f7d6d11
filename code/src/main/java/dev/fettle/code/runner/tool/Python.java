package dev.fettle.code.runner.tool;

import dev.fettle.code.project.ProjectFiles;
import dev.fettle.code.report.TestName;
import dev.fettle.code.runner.TestCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// What both runners of Python need.
final class Python {
    private Python() {}

    /// Tests are run from the directory above theirs, where what they import is.
    static boolean isDirectoryOfTests(ProjectFiles files) {
        return files.root().name().matches("tests?");
    }

    /// The interpreter: the project's own, if it has one.
    static String program(ProjectFiles files) {
        return files.first(".venv/bin/python", "venv/bin/python", "python3");
    }

    /// The same command with a tracer in it that writes what lines each test runs, as coverage.py would with a context
    /// for each test, into `$R/coverage.json`. It needs nothing but Python itself.
    ///
    /// @param arguments the runner, `pytest` or `unittest`, and its arguments
    static TestCommand traced(ProjectFiles files, String arguments, String reporting) {
        return new TestCommand(
                "PYTHONPATH=.:tests %s - %s".formatted(program(files), arguments),
                reporting + " <<'FETTLE_TRACER'\n" + tracer() + "FETTLE_TRACER\n",
                List.of());
    }

    private static String tracer() {
        try (InputStream in = Objects.requireNonNull(Python.class.getResourceAsStream("tracer.py"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The file of a test whose suite is a module, as pytest reports it; the suite itself if it is no module here.
    static String file(ProjectFiles files, TestName test) {
        if (test.suite().endsWith(".py")) {
            return test.suite();
        }
        String path = test.suite().replace('.', '/');
        if (files.has(path + ".py")) {
            return path + ".py";
        }
        String outer = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        return files.has(outer + ".py") ? outer + ".py::" + path.substring(path.lastIndexOf('/') + 1) : test.suite();
    }
}
