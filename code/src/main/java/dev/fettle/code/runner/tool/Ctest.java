package dev.fettle.code.runner.tool;

import static dev.fettle.code.runner.TestCommand.word;

import dev.fettle.code.project.ProjectFiles;
import dev.fettle.code.runner.Runner;
import dev.fettle.code.runner.Selection;
import dev.fettle.code.runner.TestCommand;
import java.util.List;

/// CMake, which has to build before there is something to test.
record Ctest() implements Runner {
    @Override
    public String name() {
        return "ctest";
    }

    @Override
    public boolean fits(ProjectFiles files) {
        String lists = files.text("CMakeLists.txt");
        return lists.contains("add_test") || lists.contains("enable_testing") || lists.contains("include(CTest)");
    }

    @Override
    public TestCommand command(ProjectFiles files, Selection selection) {
        String chosen = selection instanceof Selection.One one
                ? " -R " + word("^" + one.test().name() + "$")
                : "";
        return new TestCommand(
                "cmake -S . -B build && cmake --build build && ctest --test-dir build --output-on-failure" + chosen,
                " --output-junit \"$R/report.xml\"",
                List.of());
    }
}
