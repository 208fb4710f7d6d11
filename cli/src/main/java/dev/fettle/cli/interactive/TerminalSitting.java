package dev.fettle.cli.interactive;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.interactive.command.CommandLines;
import dev.fettle.cli.interactive.command.Commands;
import dev.fettle.cli.interactive.command.Resumption;
import dev.fettle.cli.interactive.live.LiveReader;
import dev.fettle.cli.interactive.live.Margins;
import dev.fettle.cli.interactive.talk.Outputs;
import dev.fettle.cli.interactive.talk.Sitting;
import dev.fettle.cli.interactive.talk.Talk;
import dev.fettle.cli.interactive.talk.TurnView;
import dev.fettle.cli.text.Printable;
import dev.fettle.cli.text.Style;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.text.ShellWord;
import dev.fettle.core.turn.Interjections.Words;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/// A sitting at a terminal: reads line after line until the user leaves, while [Talk] does what they say.
final class TerminalSitting implements Margins {
    private static final Pattern COMMAND = Pattern.compile("/[a-zA-Z][\\w:-]*(\\s.*)?", Pattern.DOTALL);
    private static final long TWICE_MS = 1_500;

    private final Terminal terminal;
    private final InstantSource clock;
    private final LiveReader reader;
    private final Asking asking;
    private final Sitting sitting;
    private final TurnView view;
    private final Talk talk;
    private final Commands commands;
    private final StatusLine status;
    private long interruptedAt;
    private boolean isLeaving;

    private TerminalSitting(Place place) {
        this.terminal = place.terminal();
        this.clock = place.clock();
        Outputs outputs = new Outputs();
        this.reader = new LiveReader(
                terminal, place.style(), this, !setting(place, "AGENT_NOTIFY").equals(Optional.of("false")));
        this.view = new TurnView(reader, outputs, clock);
        this.asking = new Asking(reader, view::open, clock, this::interrupt);
        this.sitting = new Sitting(place.host(), place.flags(), asking);
        this.talk = new Talk(sitting, reader, view, asking);
        this.commands = new Commands(
                sitting, talk, reader, outputs, new CommandLines(reader, place.runner()), () -> isLeaving = true);
        reader.setCompleter(new WordCompletion(sitting, commands, clock));
        this.status = new StatusLine(Allowance.of(place.host(), place.host().settings(place.flags()), clock.instant()));
        reader.bind("interrupt", this::interrupt, "\u001b");
        reader.bind("expand", () -> act(() -> commands.run("/expand")), KeyMap.ctrl('O'));
        reader.bind("plan", this::plan, "\u001b[Z");
    }

    private static Optional<String> setting(Place place, String name) {
        return place.host().settings(place.flags()).stream()
                .filter(row -> row.name().equals(name) && !row.value().isEmpty())
                .map(Host.SettingRow::value)
                .findFirst();
    }

    /// Sits until the user leaves.
    ///
    /// @param session the one to go on with
    /// @throws CommandException if the settings do not allow for an agent
    static int at(Place place, Optional<SessionId> session) {
        TerminalSitting sitting = new TerminalSitting(place);
        PrintStream before = System.err;
        System.setErr(new PrintStream(new Aside(sitting::aside), true, StandardCharsets.UTF_8));
        try {
            return sitting.sit(session);
        } finally {
            System.setErr(before);
        }
    }

    /// Where a sitting takes place.
    ///
    /// @param runner runs other commands
    record Place(
            Terminal terminal,
            Style style,
            Host host,
            Host.Flags flags,
            CommandLines.Runner runner,
            InstantSource clock) {}

    private void aside(String line) {
        reader.line(reader.style().dim(Printable.of(sitting.host().mask(line))));
    }

    private int sit(Optional<SessionId> session) {
        // Between two lines; while one is read the reader has the signal.
        terminal.handle(Terminal.Signal.INT, _ -> interrupt());
        Thread hook = new Thread(this::park, "park");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            keepHistory();
            greet(session);
            while (!isLeaving) {
                next();
            }
        } finally {
            park();
            reader.close();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process ends anyway, and the hook has done the same.
                isLeaving = true;
            }
        }
        sitting.session()
                .ifPresent(id ->
                        reader.line(reader.style().dim("Go on with: fettle %s--resume %s".formatted(place(), id))));
        return ExitCode.COMPLETED;
    }

    /// What to give if the sitting is not where one would be by itself, as in a worktree.
    private String place() {
        Path workspace = sitting.workspace();
        return workspace.equals(Sitting.workspace(sitting.host(), Host.Flags.NONE))
                ? ""
                : "-C %s ".formatted(ShellWord.quoted(workspace.toString()));
    }

    private void keepHistory() {
        try {
            reader.keepIn(sitting.host().home().resolve("history"), sitting.host()::mask);
        } catch (IOException | UnsupportedOperationException e) {
            reader.line(reader.style().yellow("note: ") + "What you type is not kept: " + e.getMessage());
        }
    }

    private void park() {
        try {
            talk.park();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void greet(Optional<SessionId> session) {
        Style style = reader.style();
        List<String> lines = new ArrayList<>();
        lines.add(style.bold("Fettle " + sitting.host().version()) + " · "
                + sitting.model().name());
        lines.add(style.dim(sitting.workspace().toString()));
        sitting.notes().forEach(note -> lines.add(style.yellow("note: ") + note));
        if (session.isEmpty()) {
            sitting.sessionsHere().stream().findFirst().map(this::hint).ifPresent(lines::add);
        }
        lines.add(style.dim("/help says what can be typed; exit leaves."));
        lines.add("");
        reader.lines(lines);
        session.ifPresent(id -> new Resumption(sitting, talk, reader).of(id));
    }

    private String hint(Session last) {
        return reader.style().dim("Last here: “" + Printable.of(last.title()) + "”; /resume goes on with it.");
    }

    private void next() {
        try {
            LiveReader.Line line = reader.next();
            if (!asking.takes(line.whole())) {
                act(() -> take(line));
            }
        } catch (UserInterruptException e) {
            interrupted(e.getPartialLine());
        } catch (EndOfFileException e) {
            isLeaving = true;
        }
    }

    private void interrupted(String typed) {
        boolean isTwice = clock.millis() - interruptedAt < TWICE_MS;
        interruptedAt = clock.millis();
        if (isTwice) {
            isLeaving = true;
        } else if (talk.interrupt()) {
            reader.begin(typed);
        } else if (typed.isEmpty()) {
            reader.line(reader.style().dim("  Ctrl-C again leaves; so does exit."));
        }
    }

    private void interrupt() {
        talk.interrupt();
    }

    private void plan() {
        act(() -> sitting.be(sitting.mode().other()));
        reader.changed();
    }

    /// Does what may be refused.
    private void act(Talk.Errand errand) {
        try {
            errand.run();
        } catch (CommandException e) {
            e.messages().forEach(message -> reader.line(reader.style().red("✗ ") + message));
        } catch (InterruptedException e) {
            reader.line(reader.style().dim("  Interrupted."));
        } catch (RuntimeException e) {
            reader.line(reader.style().red("✗ ") + sitting.host().mask(String.valueOf(e.getMessage())));
        }
    }

    private void take(LiveReader.Line line) throws InterruptedException {
        String text = line.whole().strip();
        if (text.isEmpty()) {
            return;
        }
        if (text.equals("exit") || text.equals("quit")) {
            isLeaving = true;
        } else if (COMMAND.matcher(text).matches()) {
            reader.line(reader.style().cyan("> ") + text);
            commands.run(text);
        } else if (text.startsWith("!") && text.length() > 1) {
            OneCommand command = new OneCommand(sitting, talk, reader);
            if (!talk.begin(() -> command.run(text.substring(1).strip()))) {
                throw CommandException.usage(
                        "The agent is at work; a command of yours has to wait until it has ended.");
            }
        } else {
            var pictures = new Attachments(sitting.workspace()).of(text);
            if (!talk.isBusy()) {
                view.said(line.shown());
            }
            talk.say(text, pictures);
        }
    }

    @Override
    public List<String> above(int width) {
        List<String> lines = new ArrayList<>(view.underWay());
        Style style = reader.style();
        for (Words each : talk.waiting()) {
            if (talk.isBusy()) {
                lines.add(style.dim(
                        "  » " + Printable.of(each.text()).lines().findFirst().orElse("")));
            }
        }
        return lines;
    }

    @Override
    public String mark() {
        return asking.mark().orElseGet(() -> reader.style().cyan("> "));
    }

    @Override
    public boolean isMoving() {
        return talk.isBusy();
    }

    @Override
    public String below(int width) {
        return reader.style().dim(status.of(sitting.model(), sitting.mode(), view.facts(), view.time(), width));
    }
}
