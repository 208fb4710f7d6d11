package dev.fettle.cli.interactive.command;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.interactive.live.Page;
import dev.fettle.cli.interactive.talk.Mode;
import dev.fettle.cli.interactive.talk.Outputs;
import dev.fettle.cli.interactive.talk.Sitting;
import dev.fettle.cli.interactive.talk.Talk;
import dev.fettle.cli.markdown.MarkdownStream;
import dev.fettle.core.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything the user can tell Fettle itself: what comes with it, and what users have written into files.
public final class Commands {
    private static final String KEYS = """
            - `!COMMAND` runs a command in the sandbox; the model sees its output with your next words
            - `@FILE` names a file; a picture is shown to the model; Tab completes it, and `#SYMBOL`
            - `Alt-Enter` or `\\` at the end: a new line · `Shift-Tab`: plan mode
            - `Esc` interrupts · `Ctrl-C` too, twice leaves · `Ctrl-R` searches what was typed
            """;

    private final Page page;
    private final List<SlashCommand> builtIn;
    private final OwnCommands own;

    /// @param line what runs command lines, as `doctor`
    /// @param leave ends the sitting
    public Commands(Sitting sitting, Talk talk, Page page, Outputs outputs, CommandLines line, Runnable leave) {
        this.page = page;
        this.own = new OwnCommands(sitting, talk, page);
        SessionCommands sessions = new SessionCommands(sitting, talk, page, line);
        ReportCommands reports = new ReportCommands(sitting, page, outputs, line);
        this.builtIn = List.of(
                new SlashCommand("help", "", "list what can be typed", _ -> help()),
                new SlashCommand("model", "[MODEL]", "say who answers, or have another model answer", reports::model),
                new SlashCommand("plan", "", "look only, until a plan is approved; again: work", _ -> plan(sitting)),
                new SlashCommand("status", "", "say where this sitting stands", _ -> reports.status()),
                new SlashCommand("context", "", "say what fills the model's context", _ -> reports.context()),
                new SlashCommand("cost", "", "say what this session and today's calls took", _ -> reports.cost()),
                new SlashCommand("todos", "", "show the agent's list of what is to be done", _ -> reports.todos()),
                new SlashCommand("expand", "[N]", "show all that a call brought; Ctrl-O: the last", reports::expand),
                new SlashCommand("sessions", "", "list the sessions of this directory", _ -> sessions.list()),
                new SlashCommand("resume", "[SESSION]", "go on with a session", sessions::resume),
                new SlashCommand("fork", "", "go on in a copy of this session", _ -> sessions.fork()),
                new SlashCommand("export", "FILE", "write all events of this session", sessions::export),
                new SlashCommand("clear", "", "begin a new session", _ -> sessions.clear()),
                new SlashCommand("undo", "[N]", "take back what the last turns changed", sessions::undo),
                new SlashCommand("redo", "", "take the undo back", _ -> sessions.about("redo")),
                new SlashCommand("diff", "", "show what this session has changed", _ -> sessions.about("diff")),
                new SlashCommand("rewind", "TURN", "go on from before a turn, its changes undone", sessions::rewind),
                new SlashCommand(
                        "compact", "[FOCUS]", "have the model see a summary of what is older", sessions::compact),
                new SlashCommand("memory", "", "list what is remembered", _ -> line.print("memory", "list")),
                new SlashCommand("permissions", "", "list what the agent may do", _ -> line.print("policy", "list")),
                new SlashCommand("doctor", "", "say what is missing", _ -> line.print("doctor")),
                new SlashCommand("exit", "", "leave; what runs is parked", _ -> leave.run()));
    }

    private void plan(Sitting sitting) {
        sitting.be(sitting.mode().other());
        page.line(page.style()
                .dim(
                        sitting.mode() == Mode.PLAN
                                ? "  Plan mode: the agent looks and plans; nothing is changed until you approve the plan."
                                : "  Plan mode is off."));
        page.line("");
    }

    /// Every command, those that come with Fettle first.
    public List<SlashCommand> all() {
        List<SlashCommand> all = new ArrayList<>(builtIn);
        own.all().stream()
                .filter(each -> builtIn.stream().noneMatch(known -> known.name().equals(each.name())))
                .forEach(all::add);
        return all;
    }

    /// Does what a line beginning with a slash says.
    ///
    /// @throws CommandException if it cannot be done
    public void run(String line) throws InterruptedException {
        String[] parts = line.substring(1).split("\\s+", 2);
        find(parts[0]).action().run(parts.length == 2 ? parts[1].strip() : "");
    }

    private SlashCommand find(String name) {
        List<SlashCommand> all = all();
        Optional<SlashCommand> found =
                all.stream().filter(each -> each.name().equals(name)).findFirst();
        return found.orElseThrow(() -> CommandException.usage("There is no command `/%s`%s /help lists them."
                .formatted(
                        name,
                        Nearest.to(name, all.stream().map(SlashCommand::name).toList())
                                .map(near -> "; did you mean `/%s`?".formatted(near))
                                .orElse("."))));
    }

    private void help() {
        List<String> lines = new ArrayList<>();
        List<SlashCommand> all = all();
        int wide = all.stream().mapToInt(each -> each.usage().length()).max().orElse(0);
        boolean isNarrow = page.width() < wide + 40;
        if (!isNarrow) {
            all.forEach(each -> lines.add(page.style().cyan(each.usage())
                    + " ".repeat(wide - each.usage().length() + 2)
                    + each.help()));
            lines.add("");
        }
        MarkdownStream text = new MarkdownStream(page::width, page.style(), lines::add);
        if (isNarrow) {
            all.forEach(each -> text.accept("- `%s` %s\n".formatted(each.usage(), each.help())));
            text.accept("\n");
        }
        text.accept(KEYS);
        text.finish();
        page.lines(lines);
    }
}
