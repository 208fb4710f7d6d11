package dev.fettle.code.runner.js;

import dev.fettle.code.project.ProjectFiles;
import dev.fettle.code.runner.Runner;
import dev.fettle.code.runner.Selection;
import dev.fettle.code.runner.TestCommand;

/// Whatever `npm test` runs. It cannot choose among tests.
record PackageScript() implements Runner {
    @Override
    public String name() {
        return "npm test";
    }

    @Override
    public boolean fits(ProjectFiles files) {
        return !PackageFile.of(files).test().isEmpty();
    }

    @Override
    public TestCommand command(ProjectFiles files, Selection selection) {
        return new TestCommand(PackageFile.of(files).manager() + " test");
    }
}
