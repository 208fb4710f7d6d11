package dev.fettle.cli.workflow;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import dev.fettle.core.turn.TurnResult;
import dev.fettle.core.workflow.Severity;
import dev.fettle.core.workflow.Workflow;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// A change judged, and left as it is: commands see the workspace read-only unless the user says otherwise.
@Command(
        name = "review",
        header = "Review a change: findings with file, line and severity.",
        description = {"", "Without RANGE the changes that are not committed. Nothing is changed.", ""},
        footerHeading = "%nExamples:%n",
        footer = {
            "  fettle review",
            "  fettle review main..HEAD --fail-on high",
            "  fettle review --json HEAD~1 | jq -r '.data.findings[] | \"\\(.file):\\(.line) \\(.message)\"'",
            "",
            "Exit codes: as for fettle run; 1 if a finding is as serious as --fail-on, or more."
        })
public final class ReviewCommand implements Callable<Integer> {
    private final Host host;
    private final Console console;

    @Parameters(arity = "0..1", paramLabel = "RANGE", description = "What git diff is given, as main..HEAD or HEAD~1.")
    private String range = "";

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description = "Exit with 1 if a finding is low, medium, high or critical, or worse.")
    private @Nullable Severity failOn;

    @Mixin
    private Order order = new Order();

    /// The command, for the program around it.
    public ReviewCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Override
    public Integer call() {
        Host.Flags given = order.flags();
        Host.Flags flags =
                given.settings().containsKey("AGENT_SANDBOX") ? given : given.with("AGENT_SANDBOX", "read-only");
        TurnResult result = order.carryOut(host, console, flags, Workflow.REVIEW, prompt());
        return isTooSerious(result) ? ExitCode.FAILED : Order.exitCode(result);
    }

    private String prompt() {
        if (range.isEmpty()) {
            return "Review the changes that are not committed: `git diff HEAD`, and the new files that `git status` shows.";
        }
        if (!range.matches("[A-Za-z0-9_@][A-Za-z0-9_./~^@{}+-]*")) {
            throw CommandException.usage(
                    "`%s` is no range of git's; give one as main..HEAD or HEAD~1.".formatted(range));
        }
        return "Review this change: `git diff %s`.".formatted(range);
    }

    private boolean isTooSerious(TurnResult result) {
        if (failOn == null || result.report().isEmpty()) {
            return false;
        }
        Severity least = failOn;
        for (JsonNode finding : ReportText.stages(result.report().get()).path("findings")) {
            String word = finding.path("severity").asString("low").toUpperCase(Locale.ROOT);
            if (Severity.valueOf(word).compareTo(least) >= 0) {
                return true;
            }
        }
        return false;
    }
}
