package dev.fettle.server.api.run;

import dev.fettle.core.run.Run;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.RunId;
import dev.fettle.core.session.SessionStore;
import java.util.ArrayList;
import java.util.List;

/// Picks the events of one run out of its session's: its turn, and what was noted before that began, as the start of
/// the session. Fed the session's log entry by entry. Not safe for use by several threads at once.
public final class RunSpan {
    private final RunId run;
    private final List<LogEntry> between = new ArrayList<>();
    private Turn turn = Turn.NONE;

    private enum Turn {
        NONE,
        OTHER,
        OURS
    }

    public RunSpan(RunId run) {
        this.run = run;
    }

    /// Those of the run that are in a log.
    public static List<LogEntry> of(RunId run, List<LogEntry> log) {
        RunSpan span = new RunSpan(run);
        return log.stream().flatMap(entry -> span.take(entry).stream()).toList();
    }

    /// Those of the run. It is mostly its session's last.
    public static List<LogEntry> of(Run run, SessionStore sessions) {
        List<LogEntry> last = of(run.id(), sessions.lastTurn(run.session()));
        return last.isEmpty() ? of(run.id(), sessions.history(run.session())) : last;
    }

    /// Whether what comes next is of the run's turn.
    boolean isUnderWay() {
        return turn == Turn.OURS;
    }

    /// What is known to be of the run now that this entry has come.
    List<LogEntry> take(LogEntry entry) {
        switch (entry.event()) {
            case Event.UserSaid said -> turn = said.run().filter(run::equals).isPresent() ? Turn.OURS : Turn.OTHER;
            case Event.TurnEnded _ -> {
                List<LogEntry> last = turn == Turn.OURS ? List.of(entry) : List.of();
                turn = Turn.NONE;
                between.clear();
                return last;
            }
            default -> {}
        }
        between.add(entry);
        if (turn == Turn.NONE) {
            return List.of();
        }
        List<LogEntry> ours = turn == Turn.OURS ? List.copyOf(between) : List.of();
        between.clear();
        return ours;
    }
}
