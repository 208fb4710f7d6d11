package dev.fettle.code.runner.tool;

import static dev.fettle.code.runner.TestCommand.word;

import dev.fettle.code.project.ProjectFiles;
import dev.fettle.code.runner.Runner;
import dev.fettle.code.runner.Selection;
import dev.fettle.code.runner.TestCommand;
import java.util.List;
import java.util.Optional;

/// Maven with Surefire. A module's tests are run from the root of the build, with the modules it needs.
record Maven() implements Runner {
    private static final List<String> REPORTS =
            List.of("*/target/surefire-reports/TEST-*.xml", "*/target/failsafe-reports/TEST-*.xml");
    private static final String JACOCO = "org.jacoco:jacoco-maven-plugin:";

    @Override
    public String name() {
        return "maven";
    }

    @Override
    public boolean fits(ProjectFiles files) {
        return files.has("pom.xml");
    }

    @Override
    public boolean isOutermost() {
        return true;
    }

    @Override
    public TestCommand command(ProjectFiles files, Selection selection) {
        return new TestCommand(line(files, selection, "test"), "", REPORTS);
    }

    /// Lines are reported also if tests fail, and never with those of the run before.
    @Override
    public Optional<TestCommand> withCoverage(ProjectFiles files, Selection selection) {
        return files.text("pom.xml").contains("jacoco-maven-plugin")
                ? Optional.of(new TestCommand(
                        line(
                                files,
                                selection,
                                "-Djacoco.append=false -Dmaven.test.failure.ignore=true " + JACOCO
                                        + "prepare-agent test " + JACOCO + "report"),
                        "",
                        List.of(REPORTS.getFirst(), "*/target/site/jacoco/jacoco.xml")))
                : Optional.empty();
    }

    private static String line(ProjectFiles files, Selection selection, String goals) {
        String program = files.has("mvnw") ? "./mvnw" : "mvn";
        return program + " -B -ntp -fae" + module(files, selection) + " " + goals + filter(selection);
    }

    private static String filter(Selection selection) {
        String chosen = switch (selection) {
            case Selection.All _ -> "";
            case Selection.In in -> JavaNames.isSource(in.path()) ? JavaNames.ofFile(in.path()) : "";
            case Selection.One one -> JavaNames.type(one.test()) + "#" + JavaNames.method(one.test());
        };
        return chosen.isEmpty() ? "" : " -Dtest=" + word(chosen) + " -Dsurefire.failIfNoSpecifiedTests=false";
    }

    private static String module(ProjectFiles files, Selection selection) {
        String path = switch (selection) {
            case Selection.All _ -> "";
            case Selection.In in -> in.path();
            case Selection.One one ->
                one.test().suite().contains("/") ? one.test().suite() : "";
        };
        for (String each = path; !each.isEmpty(); each = each.substring(0, Math.max(0, each.lastIndexOf('/')))) {
            if (files.has(each + "/pom.xml")) {
                return " -pl " + word(each) + " -am";
            }
        }
        return "";
    }
}
