package dev.fettle.core.undo;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.undo.TurnChange.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The turns of a session as far as they can be taken back, and what has been taken back: a fold over its
/// log.
final class UndoLine {
    private final List<TurnChange> turns = new ArrayList<>();
    private final Deque<Event.TreeKept> undone = new ArrayDeque<>();
    private boolean isTurnOpen;

    static UndoLine of(List<LogEntry> log) {
        UndoLine line = new UndoLine();
        log.forEach(line::apply);
        return line;
    }

    private void apply(LogEntry entry) {
        switch (entry.event()) {
            // What is said in the middle of a turn belongs to it.
            case Event.UserSaid said when !isTurnOpen -> begin(entry, said);
            case Event.TreeKept kept -> apply(kept);
            case Event.TurnEnded _ -> isTurnOpen = false;
            case Event _ -> {}
        }
    }

    private void begin(LogEntry entry, Event.UserSaid said) {
        isTurnOpen = true;
        undone.clear();
        turns.add(new TurnChange(
                turns.size() + 1,
                entry.seq(),
                entry.at(),
                said.text(),
                State.UNCHANGED,
                Optional.empty(),
                Optional.empty(),
                ""));
    }

    private void apply(Event.TreeKept kept) {
        switch (kept.cause()) {
            case TURN -> {
                TurnChange turn = turns.removeLast();
                turns.add(new TurnChange(
                        turn.number(),
                        turn.position(),
                        turn.at(),
                        turn.said(),
                        state(kept),
                        kept.before(),
                        kept.after(),
                        kept.trouble()));
            }
            case UNDO -> {
                undone.push(kept);
                mark(kept, State.UNDONE);
            }
            case REDO -> {
                undone.pop();
                mark(kept, State.CHANGED);
            }
        }
    }

    private static State state(Event.TreeKept kept) {
        if (kept.before().isEmpty()) {
            return State.NOT_KEPT;
        }
        if (kept.after().isEmpty()) {
            return State.BROKEN_OFF;
        }
        return kept.before().equals(kept.after()) ? State.UNCHANGED : State.CHANGED;
    }

    private void mark(Event.TreeKept kept, State state) {
        turns.replaceAll(each -> kept.turns().contains(each.number()) ? each.as(state) : each);
    }

    List<TurnChange> turns() {
        return List.copyOf(turns);
    }

    /// The last turns that have changed something which is still there, in their order.
    List<TurnChange> last(int count) {
        List<TurnChange> done = turns.stream().filter(TurnChange::isDone).toList();
        return done.subList(Math.max(0, done.size() - count), done.size());
    }

    /// What a redo takes back; empty once another turn has begun.
    Optional<Event.TreeKept> lastUndo() {
        return Optional.ofNullable(undone.peek());
    }
}
