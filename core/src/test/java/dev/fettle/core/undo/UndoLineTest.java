package dev.fettle.core.undo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.Event.TreeKept.Cause;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.undo.TurnChange.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class UndoLineTest {
    private static final Optional<String> BEFORE = Optional.of("b");
    private static final Optional<String> AFTER = Optional.of("a");

    private final List<Event> events = new ArrayList<>();

    private UndoLine line() {
        return UndoLine.of(IntStream.range(0, events.size())
                .mapToObj(i -> new LogEntry(i + 1L, Instant.EPOCH, events.get(i)))
                .toList());
    }

    private void turn(String said, Optional<String> before, Optional<String> after) {
        events.add(new Event.UserSaid(said, List.of()));
        events.add(Event.TreeKept.ofTurn(before, after, ""));
        events.add(new Event.TurnEnded(new Outcome.Completed()));
    }

    private void change(Cause cause, Integer... turns) {
        events.add(new Event.TreeKept(cause, List.of(turns), BEFORE, AFTER, List.of(), ""));
    }

    private List<State> states() {
        return line().turns().stream().map(TurnChange::state).toList();
    }

    private static List<Integer> numbers(List<TurnChange> turns) {
        return turns.stream().map(TurnChange::number).toList();
    }

    @Test
    void aTurnStandsAsWhatWasKeptOfItSays() {
        turn("changed", BEFORE, AFTER);
        turn("came to nothing", BEFORE, BEFORE);
        turn("broken off", BEFORE, Optional.empty());
        turn("not kept", Optional.empty(), Optional.empty());
        events.add(new Event.UserSaid("only asked", List.of()));

        assertEquals(
                List.of(State.CHANGED, State.UNCHANGED, State.BROKEN_OFF, State.NOT_KEPT, State.UNCHANGED), states());
        assertEquals(List.of(1, 3), numbers(line().last(9)));
        assertEquals(List.of(3), numbers(line().last(1)));
        assertEquals(
                List.of(1L, 4L),
                line().turns().subList(0, 2).stream().map(TurnChange::position).toList());
    }

    @Test
    void whatIsSaidInTheMiddleOfATurnBelongsToIt() {
        events.add(new Event.UserSaid("go", List.of()));
        events.add(Event.TreeKept.ofTurn(BEFORE, Optional.empty(), ""));
        events.add(new Event.UserSaid("and hurry", List.of()));
        events.add(Event.TreeKept.ofTurn(BEFORE, AFTER, ""));
        events.add(new Event.TurnEnded(new Outcome.Completed()));

        assertEquals(
                List.of("go"), line().turns().stream().map(TurnChange::said).toList());
        assertEquals(List.of(State.CHANGED), states());
    }

    @Test
    void undosAndRedosAreTakenBackInTurn() {
        turn("one", BEFORE, AFTER);
        turn("two", BEFORE, AFTER);
        turn("three", BEFORE, AFTER);
        change(Cause.UNDO, 3);
        change(Cause.UNDO, 1, 2);
        assertEquals(List.of(State.UNDONE, State.UNDONE, State.UNDONE), states());
        assertEquals(List.of(1, 2), line().lastUndo().orElseThrow().turns());
        change(Cause.REDO, 1, 2);
        assertEquals(List.of(State.CHANGED, State.CHANGED, State.UNDONE), states());
        assertEquals(List.of(3), line().lastUndo().orElseThrow().turns());
        assertEquals(List.of(2), numbers(line().last(1)));
    }

    @Test
    void aNewTurnEndsWhatCanBeDoneAgain() {
        turn("one", BEFORE, AFTER);
        change(Cause.UNDO, 1);
        turn("two", BEFORE, AFTER);
        assertTrue(line().lastUndo().isEmpty());
        assertEquals(List.of(State.UNDONE, State.CHANGED), states());
    }
}
