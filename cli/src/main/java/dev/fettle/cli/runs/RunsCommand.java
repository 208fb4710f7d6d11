package dev.fettle.cli.runs;

import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import dev.fettle.cli.render.Progress;
import dev.fettle.cli.text.Printable;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunFilter;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.run.RunState;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

@Command(
        name = "runs",
        header = "List, follow, answer and cancel queued runs.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fettle run --background \"fix the failing test\"",
            "  fettle runs list",
            "  fettle runs follow latest",
            "  fettle runs approve run_0198",
            "  fettle runs deny run_0198 --reason \"not on this branch\"",
            "",
            "RUN is an id, the beginning of one, or `latest`. Workers carry runs out: see fettle worker."
        })
public final class RunsCommand {
    private static final int LONGEST_PROMPT = 60;

    private final Host host;
    private final Console console;

    public RunsCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    private RunQueue queue() {
        return host.runs(Host.Flags.NONE);
    }

    @Command(name = "list", header = "List runs, the latest first.")
    int list(
            @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "At most N (default: 20).")
                    int limit,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        List<Run> runs = queue().list(RunFilter.ALL.most(limit));
        if (json) {
            ArrayNode array = JsonMapper.shared().createArrayNode();
            runs.forEach(run -> array.add(RunJson.of(run)));
            console.out().println(array.toPrettyString());
            return ExitCode.COMPLETED;
        }
        for (Run run : runs) {
            console.out()
                    .println("%s  %s  %-20s  %s"
                            .formatted(
                                    run.id(),
                                    run.createdAt().toString().substring(0, 16).replace('T', ' '),
                                    run.state().word(),
                                    shortened(run.request().prompt())));
        }
        return ExitCode.COMPLETED;
    }

    private static String shortened(String prompt) {
        String line = Printable.of(prompt.strip().lines().findFirst().orElse(""));
        return line.length() <= LONGEST_PROMPT ? line : line.substring(0, LONGEST_PROMPT - 1) + "…";
    }

    @Command(name = "show", header = "Print how a run stands, as JSON.")
    int show(@Parameters(paramLabel = "RUN") String reference) {
        console.out().println(RunJson.of(RunReference.find(queue(), reference)).toPrettyString());
        return ExitCode.COMPLETED;
    }

    @Command(
            name = "follow",
            header = "Show what a run has done and does, until it ends.",
            description = {"", "Ends with the exit code of the run. Ctrl-C stops watching; the run goes on."})
    int follow(@Parameters(paramLabel = "RUN") String reference) throws InterruptedException {
        RunQueue queue = queue();
        Run run = new Follower(queue, host.feed(), new Progress(console), this::say)
                .follow(RunReference.find(queue, reference));
        say(run);
        return run.state() instanceof RunState.Ended ended ? ExitCode.of(ended.status()) : ExitCode.FAILED;
    }

    @Command(name = "cancel", header = "End a run.")
    int cancel(@Parameters(paramLabel = "RUN") String reference) {
        RunQueue queue = queue();
        Run run = queue.cancel(RunReference.find(queue, reference).id());
        console.err()
                .println(
                        run.hasEnded()
                                ? "%s is cancelled.".formatted(run.id())
                                : "%s will end as soon as its worker has heard of it.".formatted(run.id()));
        return ExitCode.COMPLETED;
    }

    @Command(name = "approve", header = "Allow what a run waits for, this once.")
    int approve(@Parameters(paramLabel = "RUN") String reference) {
        return answer(reference, new RunQueue.Answer.Yes());
    }

    @Command(name = "deny", header = "Refuse what a run waits for; it goes on without.")
    int deny(
            @Parameters(paramLabel = "RUN") String reference,
            @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "What to tell the model.")
                    String reason) {
        return answer(reference, new RunQueue.Answer.No(reason));
    }

    private int answer(String reference, RunQueue.Answer answer) {
        RunQueue queue = queue();
        say(queue.answer(RunReference.find(queue, reference).id(), answer));
        return ExitCode.COMPLETED;
    }

    private void say(Run run) {
        String message = RunJson.message(run);
        console.err()
                .println("%s %s%s".formatted(run.id(), run.state().word(), message.isEmpty() ? "" : " " + message));
    }
}
