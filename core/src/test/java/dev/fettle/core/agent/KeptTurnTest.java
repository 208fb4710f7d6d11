package dev.fettle.core.agent;

import static dev.fettle.core.agent.Scene.call;
import static dev.fettle.core.agent.Scene.say;
import static dev.fettle.core.agent.Scene.use;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.snapshot.Snapshot;
import dev.fettle.core.snapshot.SnapshotException;
import dev.fettle.core.snapshot.Snapshots;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.undo.TreeKeeper;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// When a turn has its working tree kept.
final class KeptTurnTest {
    private final Scene scene = new Scene();
    private int taken;
    private boolean isFull;

    private void keep(Optional<String> reasonNotTo) {
        Snapshots snapshots = (Snapshots) Proxy.newProxyInstance(
                Snapshots.class.getClassLoader(),
                new Class<?>[] {Snapshots.class},
                (_, method, arguments) -> switch (method.getName()) {
                    case "take" -> take();
                    case "find" -> Optional.of(snapshot(1));
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        scene.keeper = Optional.of(new TreeKeeper(snapshots, Path.of("/work/here"), reasonNotTo));
    }

    private Snapshot take() {
        if (isFull) {
            throw new SnapshotException(SnapshotException.Kind.STORAGE, "No space left.");
        }
        taken++;
        return snapshot(taken);
    }

    private static Snapshot snapshot(int number) {
        return new Snapshot(SessionId.at(Instant.EPOCH), id(number), Instant.EPOCH, List.of());
    }

    private static String id(int number) {
        return "%040x".formatted(number);
    }

    private List<Event> kept() {
        return scene.log.entries().stream()
                .map(LogEntry::event)
                .filter(Event.TreeKept.class::isInstance)
                .toList();
    }

    @Test
    void itIsKeptBeforeTheFirstChangeAndAtTheEnd() {
        keep(Optional.empty());
        scene.tool("look", Effect.READ, _ -> "taken: " + taken);
        scene.tool("change", Effect.KEYED, _ -> "taken: " + taken);

        scene.run(call(use("1", "look")), call(use("2", "change")), call(use("3", "change")), say("done"));

        assertEquals(
                List.of("taken: 0", "taken: 1", "taken: 1"),
                scene.results().stream().map(each -> each.text()).toList());
        assertEquals(
                List.of(
                        Event.TreeKept.ofTurn(Optional.of(id(1)), Optional.empty(), ""),
                        Event.TreeKept.ofTurn(Optional.of(id(1)), Optional.of(id(2)), "")),
                kept());
    }

    @Test
    void aTurnThatOnlyLooksKeepsNothing() {
        keep(Optional.empty());
        scene.tool("look", Effect.READ, _ -> "");
        scene.run(call(use("1", "look")), say("done"));
        assertEquals(List.of(), kept());
        assertEquals(0, taken);
    }

    @Test
    void eachTurnKeepsItsOwn() {
        keep(Optional.empty());
        scene.tool("change", Effect.UNSAFE, _ -> "");
        scene.run(call(use("1", "change")), say("done"));
        scene.requests.clear();
        scene.run(call(use("2", "change")), say("done"));
        assertEquals(4, kept().size());
    }

    @Test
    void whatCannotBeKeptIsSaidAndTheTurnGoesOn() {
        keep(Optional.empty());
        isFull = true;
        scene.tool("change", Effect.KEYED, _ -> "");
        assertEquals(
                new Outcome.Completed(), scene.run(call(use("1", "change")), call(use("2", "change")), say("done")));
        assertEquals(List.of(Event.TreeKept.ofTurn(Optional.empty(), Optional.empty(), "No space left.")), kept());
    }

    @Test
    void aDiskThatFillsUpDuringTheTurnIsSaidAtItsEnd() {
        keep(Optional.empty());
        scene.tool("change", Effect.KEYED, _ -> {
            isFull = true;
            return "";
        });
        assertEquals(new Outcome.Completed(), scene.run(call(use("1", "change")), say("done")));
        assertEquals(Event.TreeKept.ofTurn(Optional.of(id(1)), Optional.empty(), "No space left."), kept().getLast());
    }

    @Test
    void whatIsNotToBeKeptIsNotLookedAt() {
        keep(Optional.of("It is your home."));
        scene.tool("change", Effect.KEYED, _ -> "");
        scene.run(call(use("1", "change")), say("done"));
        assertEquals(List.of(Event.TreeKept.ofTurn(Optional.empty(), Optional.empty(), "It is your home.")), kept());
        assertEquals(0, taken);
    }
}
