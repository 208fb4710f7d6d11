package dev.fettle.code.runner;

import dev.fettle.code.project.SourceFiles;
import dev.fettle.code.report.Reading;
import dev.fettle.code.report.read.OutputReader;
import dev.fettle.core.workspace.Reach;
import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Where commands that test something are run: in a shell, whose confinement is its own affair.
///
/// @param shell starts in the root of the workspace
/// @param live is shown the output as it comes
public record TestBench(Workspace workspace, Shell shell, Consumer<String> live) {

    /// Runs tests and reads what came of it; blocks until they have ended or their time is over.
    public TestRun run(TestCommand command, Place place, Duration timeout, Reach reach) throws InterruptedException {
        Transcript transcript = new Transcript(live);
        Shell.Result result = shell.run(new Shell.Command(TestScript.of(command, place), timeout, reach), transcript);
        String output = transcript.text();
        List<ReportFile> files = transcript.files();
        Reading reading = OutputReader.read(
                output, files.stream().map(ReportFile::content).toList());
        return new TestRun(
                command.line(),
                result.end(),
                result.duration(),
                output,
                result.fullOutput(),
                SourceFiles.of(workspace).placed(reading),
                files,
                Obstacles.in(output));
    }
}
