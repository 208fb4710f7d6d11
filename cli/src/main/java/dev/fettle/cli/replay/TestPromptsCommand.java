package dev.fettle.cli.replay;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.session.Status;
import dev.fettle.core.turn.TurnListener;
import dev.fettle.core.turn.TurnResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "test-prompts",
        header = "Replay a folder of recordings as tests, without a model or a network.",
        description = {
            "",
            "Each NAME.jsonl, recorded with `fettle run --record`, is run again in a "
                    + "copy of NAME/. It passes if every tool tells the model what it did then, "
                    + "the run ends alike, and the files are those of NAME.expected/, if that "
                    + "is there. Exits 0 if all pass, 1 if one fails."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  cp -r . /tmp/cases/fix && fettle run --record /tmp/cases/fix.jsonl \"fix the test\"",
            "  fettle test-prompts /tmp/cases --junit report.xml"
        })
public final class TestPromptsCommand implements Callable<Integer> {
    private final Host host;
    private final Console console;

    @Parameters(paramLabel = "DIR", description = "The folder.")
    private Path folder = Path.of("");

    @Option(names = "--junit", paramLabel = "FILE", description = "Write a report in JUnit's XML.")
    private @Nullable Path report;

    public TestPromptsCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Override
    public Integer call() {
        Path place = host.directory().resolve(folder);
        try {
            List<PromptCase> cases = Files.isDirectory(place) ? PromptCase.in(place) : List.of();
            if (cases.isEmpty()) {
                throw CommandException.usage("There is no recording (*.jsonl) in `%s`.".formatted(folder));
            }
            List<JUnitReport.Verdict> verdicts = new ArrayList<>();
            for (PromptCase each : cases) {
                JUnitReport.Verdict verdict = verdict(each);
                verdicts.add(verdict);
                console.out()
                        .println(verdict.failure()
                                .map(why -> "FAIL %s: %s".formatted(verdict.name(), why))
                                .orElse("ok   " + verdict.name()));
            }
            if (report != null) {
                JUnitReport.write(host.directory().resolve(report), verdicts);
            }
            long failed =
                    verdicts.stream().filter(each -> each.failure().isPresent()).count();
            console.out().println("%d passed, %d failed".formatted(verdicts.size() - failed, failed));
            return failed == 0 ? ExitCode.COMPLETED : ExitCode.FAILED;
        } catch (IOException e) {
            throw CommandException.usage("Cannot use `%s`: %s".formatted(folder, e));
        }
    }

    private JUnitReport.Verdict verdict(PromptCase each) throws IOException {
        long begun = System.nanoTime();
        Optional<String> failure = failure(each);
        return new JUnitReport.Verdict(each.name(), Duration.ofNanos(System.nanoTime() - begun), failure);
    }

    private Optional<String> failure(PromptCase each) throws IOException {
        Path workspace = each.workspace();
        Host.Flags flags = new Host.Flags(Map.of("WORK_DIR", workspace.toString()), Optional.empty());
        Host.Replay replay;
        try {
            replay = host.replay(flags, each.recording(), Approver.YES);
        } catch (CommandException e) {
            return Optional.of(String.join(" ", e.messages()));
        }
        TurnResult result = replay.run(TurnListener.NONE);
        Status status = result.outcome().status();
        if (replay.expected().filter(expected -> expected != status).isPresent()) {
            return Optional.of("it ended as %s, not as %s. %s"
                    .formatted(
                            status.word(),
                            replay.expected().get().word(),
                            result.outcome().message())
                    .strip());
        }
        return each.difference(workspace);
    }
}
