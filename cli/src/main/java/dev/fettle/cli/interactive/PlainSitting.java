package dev.fettle.cli.interactive;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import dev.fettle.cli.render.Progress;
import dev.fettle.cli.render.Summary;
import dev.fettle.cli.turn.Foreground;
import dev.fettle.cli.turn.TerminalApprover;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.turn.TurnRequest;
import dev.fettle.core.turn.TurnResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A sitting where no line can be edited, through a pipe or at a dumb terminal: a line in, a turn's plain text out.
record PlainSitting(Host host, Host.Flags flags, Console console) {

    int sit(Optional<SessionId> session) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
        Host.Equipped equipped = host.agent(
                flags,
                console.isInTerminal()
                        ? new TerminalApprover(console, lines)
                        : TerminalApprover.choose(false, console));
        equipped.notes().forEach(note -> console.err().println(console.style().yellow("note: ") + note));
        TurnRequest.Target target = session.<TurnRequest.Target>map(TurnRequest.Target.GivenSession::new)
                .orElseGet(TurnRequest.Target.NewSession::new);
        int code = ExitCode.COMPLETED;
        boolean isBegun = false;
        for (String line = prompted(lines); line != null && !line.strip().equals("exit"); line = prompted(lines)) {
            isBegun = true;
            if (!line.isBlank()) {
                TurnRequest request = new TurnRequest(target, line.strip(), List.of());
                TurnResult result =
                        Foreground.run(() -> equipped.agent().run(request, new Progress(console)), this::report);
                target = new TurnRequest.Target.GivenSession(result.session());
                code = ExitCode.of(result.outcome().status());
            }
        }
        if (!isBegun && !console.isInTerminal()) {
            throw CommandException.usage(
                    "There is nothing to do: no command, and no words on standard input. `fettle --help` lists the commands.");
        }
        return code;
    }

    private @Nullable String prompted(BufferedReader lines) throws IOException {
        if (console.isInTerminal()) {
            console.err().print("> ");
            console.err().flush();
        }
        return lines.readLine();
    }

    private void report(TurnResult result) {
        if (!console.isOutTerminal()) {
            console.out().println(result.text());
            console.out().flush();
        }
        console.err().println(Summary.line(result, console.style()));
    }
}
