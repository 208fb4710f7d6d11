package dev.fettle.cli.undo;

import dev.fettle.cli.diff.DiffView;
import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.undo.TurnChange;
import dev.fettle.core.undo.Undo.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "diff",
        header = "Show what the agent changed, as a patch.",
        description = {
            "",
            "What the last turn changed, unless said otherwise; what is taken back does not count. A pipe gets it as "
                    + "`git apply` takes it, with binary files.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fettle diff",
            "  fettle diff --turn 2",
            "  fettle diff --session > all.patch      all turns of the latest session here",
            "  fettle diff --session ses_0198",
            "  fettle diff | git apply --reverse      an undo by hand",
            "",
            "Exit codes: 0 shown, 1 nothing was changed, 2 usage."
        })
public final class DiffCommand implements Callable<Integer> {
    private static final String LATEST = "";

    private final Host host;
    private final Console console;

    @Option(
            names = {"-s", "--session"},
            arity = "0..1",
            fallbackValue = LATEST,
            paramLabel = "SESSION",
            description = "All turns of a session: of this one, or of the latest one of this directory.")
    private @Nullable String session;

    @ArgGroup
    private @Nullable Turns turns;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    public DiffCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    private static final class Turns {
        @Option(names = "--turn", paramLabel = "N", description = "Only this turn, see fettle undo --list.")
        private int turn;

        @Option(names = "--since", paramLabel = "N", description = "This turn and all later ones.")
        private int since;
    }

    @Override
    public Integer call() {
        Optional<String> named = Optional.ofNullable(session).filter(each -> !each.equals(LATEST));
        SessionId id = SessionOption.find(host, named);
        ByteArrayOutputStream patch = new ByteArrayOutputStream();
        List<TurnChange> shown;
        try {
            shown = host.undo().diff(id, span(), patch);
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, List.of("The patch cannot be written: " + e));
        }
        print(id, shown, patch.toByteArray());
        return patch.size() == 0 ? ExitCode.FAILED : ExitCode.COMPLETED;
    }

    private Span span() {
        if (turns != null) {
            return turns.turn > 0 ? new Span.OneTurn(turns.turn) : new Span.Since(turns.since);
        }
        return session == null ? new Span.LastTurn() : new Span.Session();
    }

    private void print(SessionId id, List<TurnChange> shown, byte[] patch) {
        if (json) {
            ObjectNode node = JsonMapper.shared().createObjectNode();
            node.put("session_id", id.value());
            node.set("turns", UndoneText.turnsJson(shown));
            node.put("patch", new String(patch, StandardCharsets.UTF_8));
            console.out().println(node.toPrettyString());
        } else if (patch.length == 0) {
            console.err().println("Nothing was changed, or all of it was taken back; see fettle undo --list.");
        } else if (console.isOutTerminal()) {
            new DiffView(console.outStyle(), console.columns(), Integer.MAX_VALUE)
                    .lines(new String(patch, StandardCharsets.UTF_8))
                    .forEach(console.out()::println);
        } else {
            console.out().write(patch, 0, patch.length);
        }
        console.out().flush();
    }
}
