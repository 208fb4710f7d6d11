package dev.fettle.code.runner.tool;

import dev.fettle.code.project.ProjectFiles;
import dev.fettle.code.runner.Runner;
import dev.fettle.code.runner.Selection;
import dev.fettle.code.runner.TestCommand;
import java.util.stream.Stream;

/// A makefile with a target for tests. It cannot choose among them.
record Make() implements Runner {
    @Override
    public String name() {
        return "make";
    }

    @Override
    public boolean fits(ProjectFiles files) {
        return !target(files).isEmpty();
    }

    @Override
    public TestCommand command(ProjectFiles files, Selection selection) {
        return new TestCommand("make " + target(files));
    }

    private static String target(ProjectFiles files) {
        String makefile = files.text(files.first("GNUmakefile", "makefile", "Makefile"));
        return Stream.of("test", "check", "tests")
                .filter(target -> makefile.lines().anyMatch(line -> line.matches(target + "\\s*:(?!=).*")))
                .findFirst()
                .orElse("");
    }
}
