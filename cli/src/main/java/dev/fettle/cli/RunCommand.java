package dev.fettle.cli;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.host.SessionReference;
import dev.fettle.cli.host.SettingFlags;
import dev.fettle.cli.render.Console;
import dev.fettle.cli.render.Progress;
import dev.fettle.cli.render.ResultJson;
import dev.fettle.cli.render.Summary;
import dev.fettle.cli.replay.RunRecorder;
import dev.fettle.cli.turn.Foreground;
import dev.fettle.cli.turn.Pictures;
import dev.fettle.cli.turn.Prompt;
import dev.fettle.cli.turn.TerminalApprover;
import dev.fettle.cli.worktree.WorktreeOption;
import dev.fettle.core.message.Image;
import dev.fettle.core.model.Delta;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.run.RunRequest;
import dev.fettle.core.session.EventJson;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionFilter;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.turn.TurnListener;
import dev.fettle.core.turn.TurnRequest;
import dev.fettle.core.turn.TurnResult;
import dev.fettle.core.workflow.Workflow;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        header = "Let the agent do a task in this directory and exit.",
        description = {
            "",
            "Reads and edits files here without asking; asks before it runs commands, unless --yes is given. "
                    + "Standard output carries only the result; progress goes to standard error.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fettle run \"fix the failing test\"",
            "  fettle run --yes --max-cost 0.50 \"add a test for the parser\"",
            "  git diff | fettle run \"review this change\" -",
            "  fettle run --image screenshot.png \"why does the button overlap?\"",
            "  fettle run --record fix.jsonl \"fix the test\" && fettle run --replay fix.jsonl",
            "  fettle run --worktree=fix-cart \"mend the cart\" && fettle worktree merge fix-cart",
            "  fettle run --continue \"now update the changelog\"",
            "  fettle run --background \"raise the coverage of the parser\" && fettle runs follow latest",
            "  fettle run --background --workflow review \"review the last commit\"",
            "  fettle run --output json \"what does this project do?\" | jq -r .text",
            "",
            "Exit codes: 0 completed, 1 failed, 2 usage, 3 auth_error, 4 provider_unavailable, 5 limit_steps, "
                    + "6 limit_time, 7 limit_budget, 8 denied, 9 loop_detected, 130 cancelled."
        })
final class RunCommand implements Callable<Integer> {
    private final Host host;
    private final Console console;

    @Parameters(arity = "0..*", paramLabel = "PROMPT", description = "What to do; - reads standard input.")
    private List<String> words = List.of();

    @ArgGroup
    private @Nullable Resumption resumption;

    @Option(names = "--record", paramLabel = "FILE", description = "Write every event into this file, to be replayed.")
    private @Nullable Path recordTo;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description = "Run a recording again: its prompt, its answers, no model and no network.")
    private @Nullable Path replayFrom;

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description = "Show the model a picture: PNG, JPEG, GIF or WebP. May be given several times.")
    private List<Path> images = List.of();

    @Option(
            names = {"-b", "--background"},
            description = "Queue it for a worker and print its id; see fettle runs and fettle worker.")
    private boolean background;

    @Option(
            names = {"-y", "--yes"},
            description = "Approve everything that would be asked.")
    private boolean yes;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "text, json or jsonl (default: ${DEFAULT-VALUE}).")
    private OutputFormat output = OutputFormat.TEXT;

    @Option(
            names = "--workflow",
            paramLabel = "WORKFLOW",
            description = "What it is for, if that is known: ${COMPLETION-CANDIDATES}.")
    private @Nullable Workflow workflow;

    @Option(names = "--classify", description = "Find out first what kind of task it is (AGENT_CLASSIFY).")
    private boolean classify;

    @Mixin
    private WorktreeOption worktree = new WorktreeOption();

    @Mixin
    private SettingFlags settings = new SettingFlags();

    RunCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    private static final class Resumption {
        @Option(
                names = {"-c", "--continue"},
                description = "Continue the latest session of this directory; without a prompt, its unfinished turn.")
        private boolean latest;

        @Option(
                names = {"-r", "--resume"},
                paramLabel = "SESSION",
                description = "Continue this session (an id, or its beginning).")
        private @Nullable String session;
    }

    @Override
    public Integer call() {
        if (replayFrom != null) {
            return replay(replayFrom);
        }
        if (recordTo != null && resumption != null) {
            throw CommandException.usage(
                    "--record is for a new session; `fettle sessions export` makes a recording of one that is there.");
        }
        Optional<String> prompt =
                resumption == null ? Optional.of(Prompt.read(words, console)) : Prompt.find(words, console);
        if (background) {
            return queue(prompt.orElseThrow(() -> CommandException.usage("Say what to do in the background.")));
        }
        Host.Equipped equipped = host.agent(flags(), TerminalApprover.choose(yes, console));
        equipped.notes().forEach(note -> console.err().println(console.style().yellow("note: ") + note));
        List<Image> pictures = images.stream().map(this::picture).toList();
        TurnResult result = Foreground.run(() -> turn(equipped, prompt, pictures), this::report);
        return ExitCode.of(result.outcome().status());
    }

    private Host.Flags flags() {
        Host.Flags flags = worktree.place(host, console, settings.flags());
        return classify ? flags.with("AGENT_CLASSIFY", "true") : flags;
    }

    private Integer queue(String prompt) {
        Host.Flags flags = flags();
        RunQueue queue = host.runs(flags);
        Path workspace = host.directory().resolve(flags.settings().getOrDefault("WORK_DIR", ""));
        Map<String, String> kept = new HashMap<>(flags.settings());
        kept.put("WORK_DIR", workspace.toString());
        if (workflow != null) {
            kept.put(Workflow.SETTING, workflow.word());
        }
        RunRequest request = new RunRequest(
                host.mask(prompt), images.stream().map(this::picture).toList(), kept, yes);
        SessionId session = resumption == null
                ? host.sessions()
                        .create(workspace.toString(), Session.titleOf(request.prompt()), Session.LOCAL_USER)
                        .id()
                : session(resumption, workspace);
        Run run = queue.submit(session, request);
        console.out().println(run.id());
        console.err()
                .println("Queued. A `fettle worker` carries it out; watch it with: fettle runs follow " + run.id());
        return ExitCode.COMPLETED;
    }

    private SessionId session(Resumption resumption, Path workspace) {
        return switch (existing(resumption)) {
            case TurnRequest.Target.GivenSession given -> given.id();
            case TurnRequest.Target.LatestSession _ ->
                host.sessions().list(SessionFilter.ALL.in(workspace.toString()).most(1)).stream()
                        .findFirst()
                        .map(Session::id)
                        .orElseThrow(() -> CommandException.usage(
                                "There is no session to continue in %s; leave out --continue to start one."
                                        .formatted(workspace)));
        };
    }

    private Integer replay(Path recording) {
        if (!words.isEmpty() || resumption != null || recordTo != null) {
            throw CommandException.usage("--replay takes its prompt from the recording; give nothing else to do.");
        }
        Host.Replay replay = host.replay(flags(), recording, TerminalApprover.choose(yes, console));
        TurnResult result = Foreground.run(() -> replay.run(listener()), this::report);
        return ExitCode.of(result.outcome().status());
    }

    /// Without a prompt, the turn goes on that was under way when its process died.
    private TurnResult turn(Host.Equipped equipped, Optional<String> prompt, List<Image> pictures) {
        return prompt.map(text -> equipped.agent()
                        .run(
                                directed(new TurnRequest(
                                        resumption == null ? new TurnRequest.Target.NewSession() : existing(resumption),
                                        Prompt.fitting(text, equipped.model()),
                                        pictures)),
                                listener()))
                .orElseGet(() -> equipped.agent().resume(existing(Objects.requireNonNull(resumption)), listener()));
    }

    private TurnRequest directed(TurnRequest request) {
        return workflow == null ? request : request.as(workflow);
    }

    private TurnRequest.Target.Existing existing(Resumption resumption) {
        String session = resumption.session;
        return resumption.latest || session == null
                ? new TurnRequest.Target.LatestSession()
                : new TurnRequest.Target.GivenSession(SessionReference.find(host.sessions(), session));
    }

    private Image picture(Path file) {
        return Pictures.read(host.directory(), file);
    }

    private TurnListener listener() {
        Progress progress = new Progress(console);
        TurnListener shown = output == OutputFormat.JSONL ? new EventLines(console.out()) : progress;
        return recordTo == null ? shown : RunRecorder.into(host.directory().resolve(recordTo), shown);
    }

    private void report(TurnResult result) {
        switch (output) {
            case TEXT -> {
                if (!console.isOutTerminal()) {
                    console.out().println(result.text());
                }
            }
            case JSON, JSONL -> console.out().println(ResultJson.write(result));
        }
        console.out().flush();
        console.err().println(Summary.line(result, console.style()));
    }

    private record EventLines(PrintStream out) implements TurnListener {
        @Override
        public void onEvent(LogEntry entry) {
            out.println(EventJson.writeEntry(entry));
            out.flush();
        }

        @Override
        public void onDelta(Delta delta) {}
    }
}
