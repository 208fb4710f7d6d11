package dev.fettle.code.debug;

import dev.fettle.code.debug.Findings.Verdict;
import dev.fettle.code.fault.Localisation;
import dev.fettle.code.fault.RecentLines;
import dev.fettle.code.fault.Spectrum;
import dev.fettle.code.fault.Suspect;
import dev.fettle.code.project.SourceFiles;
import dev.fettle.code.report.FailedTest;
import dev.fettle.code.report.Reading;
import dev.fettle.code.report.TestReport;
import dev.fettle.code.report.read.OutputReader;
import dev.fettle.code.runner.Place;
import dev.fettle.code.runner.Project;
import dev.fettle.code.runner.Runner;
import dev.fettle.code.runner.Selection;
import dev.fettle.code.runner.TestBench;
import dev.fettle.code.runner.TestCommand;
import dev.fettle.code.runner.TestRun;
import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Reach;
import dev.fettle.core.workspace.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks into complaints about a workspace. Blocks while commands run, each for `timeout` at most; changes nothing but
/// what the project's own commands change.
public final class Investigation {
    private static final Duration TIME_FOR_COVERAGE = Duration.ofMinutes(2);
    private static final int MOST_RUN_AGAIN = 5;

    /// What runs a program of a single file.
    private static final Map<String, String> INTERPRETERS = Map.of(
            "py", "python3", "js", "node", "mjs", "node", "rb", "ruby", "php", "php", "sh", "bash", "java", "java",
            "go", "go run");

    private final TestBench bench;
    private final Workspace workspace;
    private final List<Runner> runners;
    private final Duration timeout;

    public Investigation(TestBench bench, List<Runner> runners, Duration timeout) {
        this.bench = bench;
        this.workspace = bench.workspace();
        this.runners = List.copyOf(runners);
        this.timeout = timeout;
    }

    /// What to run about a complaint.
    ///
    /// @throws dev.fettle.core.workspace.WorkspaceException if its path is not one of the workspace
    public Subject subject(Complaint complaint) {
        return switch (complaint) {
            case Complaint.Tests tests -> ofPath(workspace.locate(tests.path()));
            case Complaint.Command command ->
                new Subject(
                        Optional.of(new TestCommand(command.line())),
                        FilePath.ROOT,
                        new Selection.All(),
                        around(FilePath.ROOT));
            case Complaint.Text _ ->
                new Subject(Optional.empty(), FilePath.ROOT, new Selection.All(), around(FilePath.ROOT));
        };
    }

    private Optional<Project> around(FilePath path) {
        return Project.around(workspace, path, runners);
    }

    private Subject ofPath(FilePath path) {
        Optional<Project> project = around(path);
        boolean isFile = workspace.info(path).filter(FileInfo::isFile).isPresent();
        if (project.isEmpty()) {
            Optional<String> interpreter = isFile
                    ? Optional.ofNullable(
                            INTERPRETERS.get(path.value().substring(path.value().lastIndexOf('.') + 1)))
                    : Optional.empty();
            return new Subject(
                    interpreter.map(program -> new TestCommand(program + " " + TestCommand.word(path.value()))),
                    FilePath.ROOT,
                    new Selection.All(),
                    Optional.empty());
        }
        Project found = project.get();
        boolean isPart = !path.isRoot() && !path.equals(found.files().root());
        boolean choosesTests = isPart && (!isFile || Localisation.isTest(path.value()));
        Selection selection = choosesTests ? new Selection.In(found.relative(path)) : new Selection.All();
        return new Subject(Optional.of(found.command(selection)), found.files().root(), selection, project);
    }

    /// Makes it happen, reads it, and ranks the lines it may come from.
    public Findings of(Complaint complaint) throws InterruptedException {
        Subject subject = subject(complaint);
        if (complaint instanceof Complaint.Text text) {
            Reading reading = SourceFiles.of(workspace).placed(OutputReader.read(text.text()));
            return localised(complaint, Verdict.READ, subject, Optional.empty(), reading);
        }
        if (subject.command().isEmpty()) {
            return new Findings(
                    complaint,
                    Verdict.NO_TESTS,
                    subject,
                    Optional.empty(),
                    Reading.NOTHING,
                    List.of(),
                    List.of(),
                    List.of(
                            "No tests are recognised here, and nothing that could be run. What helps: a command that"
                                    + " fails (--command), the error message (--error), a log (--log), or a test that shows it."));
        }
        TestRun run = run(subject.command().get(), subject.directory());
        return localised(complaint, verdict(run), subject, Optional.of(run), run.reading());
    }

    private TestRun run(TestCommand command, FilePath directory) throws InterruptedException {
        return bench.run(command, new Place.Here(directory), timeout, Reach.SANDBOX);
    }

    private static Verdict verdict(TestRun run) {
        return switch (run.standing()) {
            case PASSED -> Verdict.NOTHING_FAILS;
            case FAILED, BROKEN -> Verdict.REPRODUCED;
            case BROKEN_BUILD -> Verdict.BROKEN_BUILD;
            case NO_TESTS -> Verdict.NO_TESTS;
            case STOPPED -> Verdict.STOPPED;
        };
    }

    private Findings localised(
            Complaint complaint, Verdict verdict, Subject subject, Optional<TestRun> run, Reading reading)
            throws InterruptedException {
        SourceFiles files = SourceFiles.of(workspace);
        List<String> notes = new ArrayList<>();
        Spectrum spectrum = spectrum(verdict, subject, reading, notes).placed(path -> files.find(path, ""));
        RecentLines recent = RecentLines.in(Localisation.files(reading, spectrum, files::has), bench.shell());
        List<Suspect> suspects = Localisation.rank(reading, spectrum, recent, files::has);
        if (verdict == Verdict.NO_TESTS) {
            notes.add(
                    "The command ran no tests. A test that shows the failure would help, or --error, --log, --command.");
        }
        return new Findings(
                complaint, verdict, subject, run, reading, suspects, Excerpt.around(suspects, workspace), notes);
    }

    private Spectrum spectrum(Verdict verdict, Subject subject, Reading reading, List<String> notes)
            throws InterruptedException {
        if (verdict != Verdict.REPRODUCED
                || subject.project().isEmpty()
                || reading.failures().isEmpty()) {
            return Spectrum.NONE;
        }
        Project project = subject.project().get();
        if (project.withCoverage(subject.selection()).isEmpty()) {
            notes.add("%s gives no coverage here, so the ranking rests on stacks and changes alone."
                    .formatted(project.runner().name()));
            return Spectrum.NONE;
        }
        SpectrumRuns runs = new SpectrumRuns(bench, project, TIME_FOR_COVERAGE);
        Spectrum spectrum = runs.of(subject.selection(), reading.tests().orElse(TestReport.EMPTY));
        runs.recovered()
                .forEach(test -> notes.add(
                        "%s failed, and passed when it was run again: it may fail by chance.".formatted(test.name())));
        notes.add(
                spectrum.isTelling()
                        ? "The lines of %d runs of tests were counted."
                                .formatted(spectrum.executions().size())
                        : "Lines were counted, but no passing test could be told from a failing one.");
        return spectrum;
    }

    /// Runs again what failed, and if that passes everything.
    public Verification verify(Findings before) throws InterruptedException {
        List<TestRun> again = new ArrayList<>();
        Subject subject = before.subject();
        Optional<Project> project = subject.project();
        List<FailedTest> failed = before.failures();
        if (project.isPresent()
                && before.complaint() instanceof Complaint.Tests
                && !failed.isEmpty()
                && failed.size() <= MOST_RUN_AGAIN) {
            for (FailedTest each : failed) {
                again.add(run(project.get().command(new Selection.One(each.test())), subject.directory()));
            }
        } else if (subject.command().isPresent()) {
            again.add(run(subject.command().get(), subject.directory()));
        }
        List<TestRun> all = new ArrayList<>();
        Optional<TestCommand> everything = project.map(each -> each.command(new Selection.All()));
        boolean isMore = everything.isPresent()
                && again.stream()
                        .noneMatch(
                                each -> each.command().equals(everything.get().line()));
        if (isMore && again.stream().allMatch(TestRun::hasPassed)) {
            all.add(run(everything.get(), project.get().files().root()));
        }
        return new Verification(again, all);
    }
}
