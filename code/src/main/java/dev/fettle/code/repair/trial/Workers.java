package dev.fettle.code.repair.trial;

import static dev.fettle.code.runner.TestCommand.word;

import dev.fettle.code.debug.Findings;
import dev.fettle.code.fault.Localisation;
import dev.fettle.code.report.FailedTest;
import dev.fettle.code.report.Frame;
import dev.fettle.code.runner.Project;
import dev.fettle.code.runner.ReportFile;
import dev.fettle.code.runner.Selection;
import dev.fettle.code.runner.TestCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The quickest way to run a project's tests again and again, and the sure way.
public final class Workers {
    private static final int MOST_FIRST = 3;
    private static final Pattern CLASS_PATH =
            Pattern.compile("name=\"(?:surefire\\.test\\.class\\.path|java\\.class\\.path)\" value=\"([^\"]+)\"");
    private static final Pattern ENGINE =
            Pattern.compile("(.*)/junit-platform-engine/([^/]+)/junit-platform-engine-.*");

    private Workers() {}

    /// Those that can be tried, the quickest first; none if there is no command that fails.
    public static List<Worker> of(Findings findings) {
        Optional<Worker> quick = findings.subject().project().flatMap(project -> switch (project.runner()
                .name()) {
            case "pytest", "unittest" -> Optional.of(python(project, findings));
            case "node:test" -> Optional.of(node(project, findings));
            case "maven" -> java(findings);
            default -> Optional.empty();
        });
        Optional<Worker> sure = findings.subject().command().map(Workers::command);
        return Stream.of(quick, sure).flatMap(Optional::stream).toList();
    }

    private static Worker command(TestCommand command) {
        return new Worker("the command", "worker.sh", ". \"$FETTLE_HOME/worker.sh\"", command.line());
    }

    private static Worker python(Project project, Findings findings) {
        SequencedSet<String> stages = new LinkedHashSet<>();
        first(findings)
                .map(test -> project.command(new Selection.One(test.test())))
                .forEach(each -> stages.add(each.line()));
        stages.add(findings.subject().command().orElseThrow().line());
        String start = findings.subject().command().orElseThrow().line();
        String program = start.substring(0, start.indexOf(" -m "));
        return new Worker(
                "forks of Python",
                "worker.py",
                program + " \"$FETTLE_HOME/worker.py\" " + project.runner().name(),
                stages.stream()
                        .map(line -> line.replaceFirst("^.* -m (?:pytest|unittest) ?", " "))
                        .collect(Collectors.joining("\n")));
    }

    private static Stream<FailedTest> first(Findings findings) {
        return findings.failures().stream()
                .filter(each -> !each.test().name().isEmpty())
                .limit(MOST_FIRST);
    }

    /// The files of failing tests, and those that the command names; none if Node looks for them itself.
    private static Worker node(Project project, Findings findings) {
        List<String> failing = findings.failures().stream()
                .flatMap(test -> test.frames().stream())
                .map(Frame::path)
                .flatMap(Optional::stream)
                .filter(Localisation::isTest)
                .distinct()
                .map(path -> relative(project, path))
                .toList();
        String line = findings.subject().command().orElseThrow().line();
        List<String> given = Arrays.stream(line.split("\\s+"))
                .dropWhile(each -> !each.equals("--test"))
                .skip(1)
                .filter(each -> !each.startsWith("-"))
                .toList();
        return new Worker(
                "threads of Node",
                "worker.cjs",
                "node \"$FETTLE_HOME/worker.cjs\"",
                String.join("\t", failing) + "\n" + String.join("\t", given));
    }

    private static String relative(Project project, String path) {
        String root = project.files().root().value();
        return root.isEmpty() || !path.startsWith(root + "/") ? path : path.substring(root.length() + 1);
    }

    /// With the class path that Surefire reports; empty where the tests are not those of the JUnit platform.
    private static Optional<Worker> java(Findings findings) {
        List<String> entries = findings.run().stream()
                .flatMap(run -> run.files().stream())
                .map(ReportFile::content)
                .map(CLASS_PATH::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .map(path -> List.of(path.split(":")))
                .orElse(List.of());
        List<String> jars = new ArrayList<>(entries.stream()
                .filter(each -> each.endsWith(".jar") && !each.contains("surefire"))
                .toList());
        Optional<String> launcher = jars.stream()
                .map(ENGINE::matcher)
                .filter(Matcher::matches)
                .map(matcher -> "%s/junit-platform-launcher/%s/junit-platform-launcher-%s.jar"
                        .formatted(matcher.group(1), matcher.group(2), matcher.group(2)))
                .findFirst();
        if (launcher.isEmpty()) {
            return Optional.empty();
        }
        jars.add(launcher.get());
        String directories = entries.stream()
                .filter(each -> !each.endsWith(".jar") && Path.of(each).isAbsolute())
                .collect(Collectors.joining(":"));
        SequencedSet<String> suites = new LinkedHashSet<>(findings.failures().stream()
                .map(failed -> failed.test().suite())
                .filter(suite -> suite.matches("[\\w.$]+"))
                .toList());
        return Optional.of(new Worker(
                "class loaders",
                "worker.java",
                "mv \"$FETTLE_HOME/worker.java\" \"$FETTLE_HOME/Worker.java\"; FETTLE_CLASSES=%s java -XX:+UseSerialGC"
                                .formatted(word(directories))
                        + " -XX:TieredStopAtLevel=1 -Xshare:auto -cp %s \"$FETTLE_HOME/Worker.java\""
                                .formatted(word(String.join(":", jars))),
                String.join("\n", suites)));
    }
}
