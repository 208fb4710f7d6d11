package dev.fettle.cli.workflow;

import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.host.SettingFlags;
import dev.fettle.cli.render.Console;
import dev.fettle.cli.render.Progress;
import dev.fettle.cli.render.ResultJson;
import dev.fettle.cli.render.Summary;
import dev.fettle.cli.turn.Foreground;
import dev.fettle.cli.turn.Prompt;
import dev.fettle.cli.turn.TerminalApprover;
import dev.fettle.core.turn.TurnRequest;
import dev.fettle.core.turn.TurnResult;
import dev.fettle.core.workflow.Workflow;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that all workflows have, and the way they are carried out.
final class Order {
    @Option(
            names = {"-y", "--yes"},
            description = "Approve everything that would be asked.")
    private boolean yes;

    @Option(names = "--json", description = "Print the result with the stages of its report as one JSON object.")
    private boolean json;

    @Mixin
    private SettingFlags settings = new SettingFlags();

    Host.Flags flags() {
        return settings.flags();
    }

    /// Has it done in a new session, and prints what came of it.
    TurnResult carryOut(Host host, Console console, Host.Flags flags, Workflow workflow, String prompt) {
        return carryOut(host, console, flags, workflow, prompt, ReportText::of);
    }

    /// The same, where there is something better to print than the report.
    TurnResult carryOut(
            Host host, Console console, Host.Flags flags, Workflow workflow, String prompt, Printed printed) {
        Host.Equipped equipped = host.agent(flags, TerminalApprover.choose(yes, console));
        equipped.notes().forEach(note -> console.err().println(console.style().yellow("note: ") + note));
        TurnRequest request = new TurnRequest(
                        new TurnRequest.Target.NewSession(), Prompt.fitting(prompt, equipped.model()), List.of())
                .as(workflow);
        return Foreground.run(() -> equipped.agent().run(request, new Progress(console)), result -> {
            String text = json ? ResultJson.write(result) : printed.of(result);
            if (!text.isBlank()) {
                console.out().println(text.stripTrailing());
            }
            console.out().flush();
            console.err().println(Summary.line(result, console.style()));
        });
    }

    /// What of a result is printed for people.
    interface Printed {
        String of(TurnResult result);
    }

    static int exitCode(TurnResult result) {
        return ExitCode.of(result.outcome().status());
    }
}
