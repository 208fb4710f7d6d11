package dev.fettle.code.runner.tool;

import static dev.fettle.code.runner.TestCommand.word;

import dev.fettle.code.project.ProjectFiles;
import dev.fettle.code.runner.Runner;
import dev.fettle.code.runner.Selection;
import dev.fettle.code.runner.TestCommand;
import java.util.List;
import java.util.Optional;

/// Gradle; tests that it takes for up to date are run all the same.
record Gradle() implements Runner {
    private static final String REPORTS = "*/build/test-results/*/TEST-*.xml";

    @Override
    public String name() {
        return "gradle";
    }

    @Override
    public boolean fits(ProjectFiles files) {
        return files.has("build.gradle")
                || files.has("build.gradle.kts")
                || files.has("settings.gradle.kts")
                || files.has("settings.gradle");
    }

    @Override
    public boolean isOutermost() {
        return true;
    }

    @Override
    public TestCommand command(ProjectFiles files, Selection selection) {
        return new TestCommand(line(files, selection), "", List.of(REPORTS));
    }

    @Override
    public Optional<TestCommand> withCoverage(ProjectFiles files, Selection selection) {
        String build = files.text(files.first("build.gradle", "build.gradle.kts"));
        return build.contains("jacoco")
                ? Optional.of(new TestCommand(
                        line(files, selection) + " jacocoTestReport",
                        "",
                        List.of(REPORTS, "*/build/reports/jacoco/test/*.xml")))
                : Optional.empty();
    }

    private static String line(ProjectFiles files, Selection selection) {
        String chosen = switch (selection) {
            case Selection.All _ -> "";
            case Selection.In in ->
                JavaNames.isSource(in.path()) ? " --tests " + word(JavaNames.ofFile(in.path())) : "";
            case Selection.One one ->
                " --tests " + word(JavaNames.type(one.test()) + "." + JavaNames.method(one.test()));
        };
        return (files.has("gradlew") ? "./gradlew" : "gradle") + " --console=plain --continue cleanTest test" + chosen;
    }
}
