package dev.fettle.code.runner.tool;

import static dev.fettle.code.runner.TestCommand.word;

import dev.fettle.code.project.ProjectFiles;
import dev.fettle.code.runner.Runner;
import dev.fettle.code.runner.Selection;
import dev.fettle.code.runner.TestCommand;
import java.util.List;

/// PHPUnit, as Composer installs it.
record Phpunit() implements Runner {
    @Override
    public String name() {
        return "phpunit";
    }

    @Override
    public boolean fits(ProjectFiles files) {
        return files.has("phpunit.xml")
                || files.has("phpunit.xml.dist")
                || files.text("composer.json").contains("phpunit/phpunit");
    }

    @Override
    public TestCommand command(ProjectFiles files, Selection selection) {
        String program = files.has("vendor/bin/phpunit") ? "vendor/bin/phpunit" : "phpunit";
        return new TestCommand(program + chosen(selection), " --log-junit \"$R/report.xml\"", List.of());
    }

    private static String chosen(Selection selection) {
        return switch (selection) {
            case Selection.All _ -> "";
            case Selection.In in -> " " + word(in.path());
            case Selection.One one -> " --filter " + word(one.test().name().replaceFirst(" .*$", "") + "$");
        };
    }
}
