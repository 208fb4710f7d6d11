package dev.fettle.cli.interactive.command;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.SessionReference;
import dev.fettle.cli.interactive.live.Page;
import dev.fettle.cli.interactive.talk.Sitting;
import dev.fettle.cli.interactive.talk.Talk;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which session the user talks in.
record SessionCommands(Sitting sitting, Talk talk, Page page, CommandLines line) {
    private static final int MOST = 10;

    void list() {
        List<String> lines = new ArrayList<>();
        List<Session> here = sitting.sessionsHere();
        for (Session each : here.subList(0, Math.min(MOST, here.size()))) {
            lines.add("%s  %-9s  %s"
                    .formatted(
                            page.style().cyan(shortened(each.id())),
                            each.status().map(Status::word).orElse("open"),
                            each.title()));
        }
        lines.add(
                here.isEmpty()
                        ? "  There is no session in this directory yet."
                        : page.style().dim("  /resume and the beginning of an id goes on with one."));
        lines.add("");
        page.lines(lines);
    }

    /// As much of an id as tells it from others made the same second.
    private static String shortened(SessionId id) {
        return id.value().substring(0, Math.min(16, id.value().length()));
    }

    void resume(String reference) {
        requireIdle();
        SessionId id = reference.isEmpty()
                ? latest()
                : SessionReference.find(sitting.host().sessions(), reference);
        new Resumption(sitting, talk, page).of(id);
    }

    private SessionId latest() {
        return sitting.sessionsHere().stream()
                .map(Session::id)
                .filter(id -> !sitting.session().equals(Optional.of(id)))
                .findFirst()
                .orElseThrow(() -> CommandException.usage("There is no other session in this directory."));
    }

    void fork() {
        requireIdle();
        Session fork = sitting.host().sessions().fork(current());
        sitting.goOnWith(Optional.of(fork.id()));
        say("This goes on in a copy, %s.".formatted(fork.id()));
    }

    void export(String file) {
        if (file.isEmpty()) {
            throw CommandException.usage("Name a file to write: /export session.jsonl");
        }
        line.print("sessions", "export", current().value(), "-o", file);
    }

    void clear() {
        requireIdle();
        sitting.goOnWith(Optional.empty());
        say("What you say next begins a new session.");
    }

    /// Runs a command of that name about this session.
    void about(String command, String... arguments) {
        requireIdle();
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(List.of(arguments));
        words.addAll(List.of("--session", current().value()));
        line.print(words.toArray(String[]::new));
    }

    void undo(String number) {
        about("undo", number.isEmpty() ? new String[0] : new String[] {number});
    }

    /// The conversation from before the turn is a session of its own, which this goes on with.
    void rewind(String turn) {
        if (turn.isEmpty()) {
            throw CommandException.usage("Name a turn by its number, from 1: /rewind 2");
        }
        Optional<SessionId> before = Optional.of(current());
        about("rewind", turn);
        sitting.sessionsHere().stream()
                .findFirst()
                .filter(each -> each.parent().equals(before))
                .ifPresent(fork -> sitting.goOnWith(Optional.of(fork.id())));
    }

    void compact(String focus) {
        String id = current().value();
        requireIdle();
        talk.begin(() -> {
            if (focus.isEmpty()) {
                line.print("sessions", "compact", id);
            } else {
                line.print("sessions", "compact", id, focus);
            }
        });
    }

    private SessionId current() {
        return sitting.session()
                .orElseThrow(() -> CommandException.usage("Nothing has been said in this session yet."));
    }

    private void requireIdle() {
        if (talk.isBusy()) {
            throw CommandException.usage("The agent is at work; interrupt it first (Esc), or wait.");
        }
    }

    private void say(String sentence) {
        page.lines(List.of(page.style().dim("  " + sentence), ""));
    }
}
