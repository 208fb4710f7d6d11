package dev.fettle.core.undo;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.snapshot.Reversal;
import dev.fettle.core.snapshot.Snapshot;
import dev.fettle.core.snapshot.SnapshotException;
import dev.fettle.core.snapshot.Snapshots;
import dev.fettle.core.snapshot.TreeChange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes back what turns have changed in the working tree of their session, and does it again. What is undone
/// is folded from the session's log, so it survives every restart; nothing is ever deleted. The tree's own
/// repository stays as it is: commits, branches and the index are git's to take back.
///
/// Every change takes the session for as long as it lasts: a turn that is under way keeps it, and then there
/// is a [SessionException] of kind `BUSY`. What cannot be read or written is a [SnapshotException].
public final class Undo {
    private static final int MOST_TOLD = 30;

    private final SessionStore sessions;
    private final Snapshots snapshots;

    public Undo(SessionStore sessions, Snapshots snapshots) {
        this.sessions = sessions;
        this.snapshots = snapshots;
    }

    /// The turns of a session, in their order.
    public List<TurnChange> turns(SessionId session) {
        return UndoLine.of(sessions.history(session)).turns();
    }

    /// Takes back the last turns that have changed something.
    ///
    /// @param count how many, at least 1
    /// @param isForced whether also what somebody else has changed since becomes what it was; a redo brings
    ///     it again
    public Undone undo(SessionId session, int count, boolean isForced) {
        try (EventLog log = sessions.open(session)) {
            List<TurnChange> turns = UndoLine.of(log.entries()).last(count);
            if (turns.isEmpty()) {
                return new Undone.Nothing(nothingToUndo(log));
            }
            return takeBack(log, turns, isForced);
        }
    }

    private static String nothingToUndo(EventLog log) {
        List<TurnChange> turns = UndoLine.of(log.entries()).turns();
        return turns.stream()
                .filter(each -> each.state() == TurnChange.State.NOT_KEPT)
                .reduce((_, last) -> last)
                .map(each -> "Turn %d cannot be taken back: %s".formatted(each.number(), each.trouble()))
                .orElseGet(() -> turns.stream().anyMatch(each -> each.state() == TurnChange.State.UNDONE)
                        ? "Everything that %s has changed is taken back already.".formatted(log.session())
                        : "No turn of %s has changed anything.".formatted(log.session()));
    }

    /// Does again what was taken back last, unless another turn has begun since.
    ///
    /// @param isForced as for [#undo]
    public Undone redo(SessionId session, boolean isForced) {
        try (EventLog log = sessions.open(session)) {
            UndoLine line = UndoLine.of(log.entries());
            Optional<Event.TreeKept> undone = line.lastUndo();
            if (undone.isEmpty()) {
                return new Undone.Nothing(
                        "Nothing was taken back since the last turn of %s began.".formatted(log.session()));
            }
            List<TurnChange> turns = line.turns().stream()
                    .filter(each -> undone.get().turns().contains(each.number()))
                    .toList();
            TreeChange change =
                    change(log.session(), undone.get().before(), undone.get().after());
            return carriedOut(log, Event.TreeKept.Cause.REDO, turns, List.of(change), isForced);
        }
    }

    /// Makes the tree what it was before a turn, and a session that goes on from there. The old one stays.
    ///
    /// @param turn its number
    /// @param isForced as for [#undo]
    public Undone rewind(SessionId session, int turn, boolean isForced) {
        try (EventLog log = sessions.open(session)) {
            List<TurnChange> all = UndoLine.of(log.entries()).turns();
            if (turn < 1 || turn > all.size()) {
                return new Undone.Nothing(
                        "There is no turn %d in %s, which has %d.".formatted(turn, log.session(), all.size()));
            }
            List<TurnChange> later = all.subList(turn - 1, all.size());
            Optional<TurnChange> lost = later.stream()
                    .filter(each -> each.state() == TurnChange.State.NOT_KEPT)
                    .findFirst();
            if (lost.isPresent() && !isForced) {
                return new Undone.Nothing("Turn %d cannot be taken back: %s --force leaves its files as they are."
                        .formatted(lost.get().number(), lost.get().trouble()));
            }
            List<TurnChange> done = later.stream().filter(TurnChange::isDone).toList();
            Undone undone = done.isEmpty()
                    ? new Undone.Done(List.of(), List.of(), List.of(), List.of(), Optional.empty())
                    : takeBack(log, done, isForced);
            return undone instanceof Undone.Done back
                    ? forked(log.session(), later.getFirst().position() - 1, back)
                    : undone;
        }
    }

    private Undone forked(SessionId session, long end, Undone.Done back) {
        SessionId fork = sessions.fork(session, end).id();
        return new Undone.Done(back.turns(), back.paths(), back.notRestored(), back.leftOut(), Optional.of(fork));
    }

    private Undone takeBack(EventLog log, List<TurnChange> turns, boolean isForced) {
        Optional<TurnChange> broken =
                turns.stream().filter(each -> each.after().isEmpty()).findFirst();
        if (broken.isPresent() && !isForced) {
            return new Undone.Nothing(
                    "Turn %d was broken off, so what it changed cannot be told from what you did since. --force takes both back; a redo brings them again."
                            .formatted(broken.get().number()));
        }
        List<TreeChange> changes = new ArrayList<>();
        for (TurnChange each : turns) {
            changes.add(change(log.session(), each));
        }
        return carriedOut(log, Event.TreeKept.Cause.UNDO, turns, changes, isForced);
    }

    private Undone carriedOut(
            EventLog log,
            Event.TreeKept.Cause cause,
            List<TurnChange> turns,
            List<TreeChange> changes,
            boolean isForced) {
        log.confirm();
        return switch (snapshots.takeBack(changes, tree(log.session()), isForced)) {
            case Reversal.Conflict conflict -> new Undone.Conflict(turns, conflict.paths());
            case Reversal.Done done -> {
                log.append(new Event.TreeKept(
                        cause,
                        turns.stream().map(TurnChange::number).toList(),
                        Optional.of(done.change().before().id()),
                        Optional.of(done.change().after().id()),
                        bounded(done.paths()),
                        ""));
                yield new Undone.Done(
                        turns,
                        done.paths(),
                        done.notRestored(),
                        done.change().before().leftOut(),
                        Optional.empty());
            }
        };
    }

    private static List<String> bounded(List<String> paths) {
        if (paths.size() <= MOST_TOLD) {
            return paths;
        }
        List<String> some = new ArrayList<>(paths.subList(0, MOST_TOLD));
        some.add("and %d more".formatted(paths.size() - MOST_TOLD));
        return some;
    }

    /// Which turns a diff is of.
    public sealed interface Span {
        /// The last one that has changed something.
        record LastTurn() implements Span {}

        /// One of them.
        record OneTurn(int number) implements Span {}

        /// One of them and all later ones, with what else was changed between them.
        record Since(int number) implements Span {}

        /// All of them, with what else was changed between them.
        record Session() implements Span {}
    }

    /// Writes what turns have changed as a patch; see [Snapshots#diff]. What is taken back does not count.
    ///
    /// @return the turns that this is about; empty if they have changed nothing, and then nothing is written
    /// @throws IOException if the stream does not take it
    public List<TurnChange> diff(SessionId session, Span span, OutputStream out) throws IOException {
        UndoLine line = UndoLine.of(sessions.history(session));
        List<TurnChange> turns = switch (span) {
            case Span.LastTurn _ -> line.last(1);
            case Span.OneTurn one ->
                line.turns().stream()
                        .filter(each ->
                                each.number() == one.number() && each.before().isPresent())
                        .toList();
            case Span.Since since ->
                line.last(Integer.MAX_VALUE).stream()
                        .filter(each -> each.number() >= since.number())
                        .toList();
            case Span.Session _ -> line.last(Integer.MAX_VALUE);
        };
        if (!turns.isEmpty()) {
            snapshots.diff(
                    change(session, turns.getFirst()).before(),
                    change(session, turns.getLast()).after(),
                    out);
        }
        return turns;
    }

    /// Of a turn that was broken off, what is there now counts as what it has left.
    private TreeChange change(SessionId session, TurnChange turn) {
        Optional<String> after = turn.after();
        return after.isPresent()
                ? change(session, turn.before(), after)
                : new TreeChange(kept(session, turn.before().orElseThrow()), snapshots.take(session, tree(session)));
    }

    private TreeChange change(SessionId session, Optional<String> before, Optional<String> after) {
        return new TreeChange(kept(session, before.orElseThrow()), kept(session, after.orElseThrow()));
    }

    /// A fork knows its snapshots from the session it was forked from.
    private Snapshot kept(SessionId session, String id) {
        return snapshots
                .find(session, id)
                .or(() -> sessions.find(session)
                        .flatMap(Session::parent)
                        .map(parent -> snapshots.adopt(kept(parent, id), session)))
                .orElseThrow(
                        () -> new SnapshotException(
                                SnapshotException.Kind.NOT_FOUND,
                                "The files from before are no longer kept: snapshots of old sessions make room for new ones (SNAPSHOT_LIMIT)."));
    }

    private Path tree(SessionId session) {
        Path tree = Path.of(sessions.find(session).orElseThrow().workspace());
        if (!Files.isDirectory(tree)) {
            throw new SnapshotException(
                    SnapshotException.Kind.TREE,
                    "The directory of %s, %s, is not there any more.".formatted(session, tree));
        }
        return tree;
    }
}
