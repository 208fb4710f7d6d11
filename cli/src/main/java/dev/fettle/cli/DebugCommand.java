package dev.fettle.cli;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.Debugging;
import dev.fettle.cli.host.Debugging.Complaint;
import dev.fettle.cli.host.Debugging.Facts;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.host.SettingFlags;
import dev.fettle.cli.render.Console;
import dev.fettle.cli.render.Progress;
import dev.fettle.cli.render.Summary;
import dev.fettle.cli.text.Printable;
import dev.fettle.cli.turn.Foreground;
import dev.fettle.cli.turn.Prompt;
import dev.fettle.cli.turn.TerminalApprover;
import dev.fettle.core.session.Status;
import dev.fettle.core.turn.TurnRequest;
import dev.fettle.core.turn.TurnResult;
import dev.fettle.core.workspace.WorkspaceException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "debug",
        header = "Find out why something fails, and let the agent mend it.",
        description = {
            "",
            "Makes the failure happen, reads it, and ranks the lines it may come from by stack traces, by what failing "
                    + "tests run and passing ones do not, and by recent changes. Then the agent mends it, and what failed is run "
                    + "again, and everything after it. Commands run in the sandbox. With --no-model it ends with the facts. With "
                    + "--repair, small edits of suspicious lines are tried before any model; one that makes all tests pass is kept.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fettle debug                                   run the tests here and go after what fails",
            "  fettle debug src/test/java/shop/CartTest.java  only those of one file",
            "  fettle debug --command 'make check' --no-model",
            "  fettle debug --error \"$(cat trace.txt)\"",
            "  fettle debug --log app.log --no-model --json | jq .facts.suspects",
            "  fettle debug --no-model --bisect v1.2..HEAD",
            "  fettle debug --no-model --repair               mend it without a model, if a small edit does",
            "",
            "Exit codes: as for run; 1 too if it still fails afterwards, or if there was nothing to run."
        })
final class DebugCommand implements Callable<Integer> {
    /// A search that nobody asked for costs no more than this.
    private static final Duration UNASKED = Duration.ofSeconds(20);

    /// What matters of a log is its end.
    private static final int MOST_OF_LOG = 4 * 1024 * 1024;

    private final Host host;
    private final Console console;

    @Parameters(
            arity = "0..1",
            paramLabel = "PATH",
            defaultValue = ".",
            description = "A test, a program or a directory (default: all tests of the workspace).")
    private String path = ".";

    @ArgGroup
    private @Nullable Source source;

    @Option(names = "--no-model", description = "Only the facts: needs no key, changes nothing itself.")
    private boolean noModel;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(
            names = "--bisect",
            paramLabel = "GOOD..BAD",
            description = "Find the commit that brought it, between one without it and one with it.")
    private @Nullable String bisect;

    @Option(
            names = "--repair",
            description = "Try small edits of suspicious lines, and apply one that makes all tests pass.")
    private boolean isRepaired;

    @Option(
            names = "--repair-time",
            paramLabel = "S",
            defaultValue = "120",
            description = "Seconds to search with --repair (default: 120).")
    private int repairSeconds = 120;

    @Option(
            names = "--timeout",
            paramLabel = "S",
            defaultValue = "600",
            description = "Seconds that one command of the tests may take (default: 600).")
    private int seconds = 600;

    @Option(
            names = {"-y", "--yes"},
            description = "Approve everything that would be asked.")
    private boolean yes;

    @Mixin
    private SettingFlags settings = new SettingFlags();

    DebugCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    private static final class Source {
        @Option(names = "--error", paramLabel = "TEXT", description = "What was said: a message, a stack trace.")
        private @Nullable String error;

        @Option(names = "--command", paramLabel = "COMMAND", description = "A command that fails.")
        private @Nullable String command;

        @Option(
                names = "--log",
                paramLabel = "FILE",
                description = "A file with such a text; the end of it, if it is long.")
        private @Nullable Path log;
    }

    @Override
    public Integer call() {
        if (seconds < 1) {
            throw CommandException.usage("--timeout is %d; it has to be at least 1.".formatted(seconds));
        }
        if (repairSeconds < 1) {
            throw CommandException.usage("--repair-time is %d; it has to be at least 1.".formatted(repairSeconds));
        }
        Optional<String[]> range = range();
        Optional<Host.Equipped> equipped = noModel
                ? Optional.empty()
                : Optional.of(host.agent(settings.flags(), TerminalApprover.choose(yes, console)));
        Debugging debugging = host.debugging(settings.flags(), Duration.ofSeconds(seconds), _ -> {});
        return Foreground.run(() -> interruptible(debugging, range, equipped), _ -> {});
    }

    private Optional<String[]> range() {
        if (bisect == null) {
            return Optional.empty();
        }
        String[] ends = bisect.split("\\.\\.", 2);
        if (ends.length < 2 || ends[0].isBlank() || ends[1].startsWith(".")) {
            throw CommandException.usage("--bisect is `%s`; give two commits, as v1.2..HEAD.".formatted(bisect));
        }
        return Optional.of(ends);
    }

    private int interruptible(Debugging debugging, Optional<String[]> range, Optional<Host.Equipped> equipped) {
        try {
            return debug(debugging, range, equipped);
        } catch (WorkspaceException e) {
            throw CommandException.usage(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.CANCELLED, List.of("Cancelled."));
        }
    }

    private int debug(Debugging debugging, Optional<String[]> range, Optional<Host.Equipped> equipped)
            throws InterruptedException {
        Complaint complaint = complaint();
        progress(complaint instanceof Complaint.Text ? "Reading it" : "Making it happen");
        Facts facts = debugging.investigate(complaint);
        DebugReport report = new DebugReport(facts.standing(), shown(facts.text()), shown(facts.json()));
        if (range.isPresent()) {
            progress("Looking for the commit that brought it");
            report.bisected(masked(facts.bisect(range.get()[0], range.get()[1])));
        }
        if (facts.standing() == Debugging.Standing.FAILURE
                && (isRepaired || (equipped.isPresent() && facts.isCheap()))) {
            repair(facts, report);
        }
        if (equipped.isEmpty() || facts.standing() != Debugging.Standing.FAILURE || report.isRepaired()) {
            print(report);
            return report.exitCode();
        }
        console.err().println(report.facts());
        mend(debugging, facts, equipped.get(), report);
        print(report);
        return report.exitCode();
    }

    /// What is found unasked is only shown, to people and to the model.
    private void repair(Facts facts, DebugReport report) throws InterruptedException {
        progress("Trying small edits");
        Debugging.Answer found = facts.repair(isRepaired ? Duration.ofSeconds(repairSeconds) : UNASKED, isRepaired);
        report.searched(masked(found), isRepaired);
        if (found.isGood() && isRepaired) {
            progress("Running again what failed, and everything");
            report.verified(masked(facts.verify()));
        }
    }

    private void mend(Debugging debugging, Facts facts, Host.Equipped equipped, DebugReport report)
            throws InterruptedException {
        equipped.notes().forEach(note -> console.err().println(console.style().yellow("note: ") + note));
        String prompt = Prompt.fitting(facts.task() + report.facts() + "\n", equipped.model());
        try (Debugging.Mark mark = debugging.mark()) {
            TurnResult result = equipped.agent()
                    .run(
                            new TurnRequest(new TurnRequest.Target.NewSession(), prompt, List.of()),
                            new Progress(console));
            console.err().println(Summary.line(result, console.style()));
            report.ended(result, host.mask(mark.changes()));
            if (result.outcome().status() == Status.COMPLETED) {
                progress("Running again what failed, and everything");
                report.verified(masked(facts.verify()));
            }
        }
    }

    private Complaint complaint() {
        if (source == null) {
            return new Complaint.Tests(
                    host.directory().resolve(path).normalize().toString());
        }
        if (source.command != null) {
            return new Complaint.Command(source.command);
        }
        return new Complaint.Text(
                source.log == null ? Optional.ofNullable(source.error).orElse("") : tail(source.log));
    }

    private String tail(Path log) {
        try (RandomAccessFile file =
                new RandomAccessFile(host.directory().resolve(log).toFile(), "r")) {
            file.seek(Math.max(0, file.length() - MOST_OF_LOG));
            byte[] end = new byte[(int) Math.min(file.length(), MOST_OF_LOG)];
            file.readFully(end);
            return new String(end, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw CommandException.usage("The log `%s` cannot be read: %s".formatted(log, e));
        }
    }

    private String shown(String text) {
        return Printable.of(host.mask(text));
    }

    private Debugging.Answer masked(Debugging.Answer answer) {
        return new Debugging.Answer(answer.isGood(), shown(answer.text()), shown(answer.json()));
    }

    private void progress(String doing) {
        console.err().println(console.style().dim(doing + " …"));
    }

    private void print(DebugReport report) {
        console.out().println(json ? report.json() : report.text());
        console.out().flush();
    }
}
