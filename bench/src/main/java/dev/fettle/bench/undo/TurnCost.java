package dev.fettle.bench.undo;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.undo.TreeKeeper;
import dev.fettle.core.undo.Undo;
import dev.fettle.core.undo.Undone;
import dev.fettle.testkit.MemorySessionStore;
import dev.fettle.tools.snapshot.GitSnapshots;
import dev.fettle.tools.snapshot.tree.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntConsumer;

/// Keeps a tree around turns that change nothing and turns that change ten files, takes those back, and says
/// what each took. The two snapshots of a turn are counted together.
final class TurnCost {
    private static final int TURNS = 20;
    private static final int CHANGED = 10;

    private final MemorySessionStore sessions = new MemorySessionStore(InstantSource.system());
    private final GitSnapshots snapshots;
    private final TreeKeeper keeper;
    private final Path tree;
    private final SessionId session;

    private TurnCost(Path tree, Path kept) {
        this.tree = tree;
        this.snapshots = new GitSnapshots(
                kept, new Scope(GitSnapshots.MOST_FILE_BYTES, Integer.MAX_VALUE, false), InstantSource.system());
        this.keeper = new TreeKeeper(snapshots, tree, Optional.empty());
        this.session = sessions.create(tree.toString(), "bench").id();
    }

    /// Prints a line each.
    ///
    /// @param arguments the tree, and where to keep snapshots
    public static void main(String[] arguments) throws IOException {
        new TurnCost(Path.of(arguments[0]).toRealPath(), Path.of(arguments[1])).run();
    }

    private void run() throws IOException {
        List<Path> files = files();
        print("first snapshot of %,d files".formatted(files.size()), 1, _ -> keeper.before(session));
        print("first turn that changes nothing", 1, _ -> turn(() -> {}));
        print("turn that changes nothing", TURNS, _ -> turn(() -> {}));
        print("turn that changes %d files".formatted(CHANGED), TURNS, i -> turn(() -> change(files, i)));
        Undo undo = new Undo(sessions, snapshots);
        print("undo of such a turn", TURNS, _ -> {
            if (!(undo.undo(session, 1, false) instanceof Undone.Done)) {
                throw new IllegalStateException("It was not taken back");
            }
        });
    }

    private List<Path> files() throws IOException {
        try (var found = Files.walk(tree)) {
            return found.filter(each ->
                            Files.isRegularFile(each) && !each.toString().contains("/.git/"))
                    .sorted()
                    .toList();
        }
    }

    private void turn(Runnable doing) {
        try (EventLog log = sessions.open(session)) {
            log.append(new Event.UserSaid("go", List.of()));
            Event.TreeKept begun = keeper.before(session);
            log.append(begun);
            doing.run();
            keeper.after(session, begun).ifPresent(log::append);
            log.append(new Event.TurnEnded(new Outcome.Completed()));
        }
    }

    private static void change(List<Path> files, int turn) {
        try {
            for (int i = 0; i < CHANGED; i++) {
                Files.writeString(files.get((i * 397 + turn) % files.size()), "changed by %d\n".formatted(turn));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void print(String what, int times, IntConsumer doing) {
        double[] wall = new double[times];
        double cpu = cpu();
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            doing.accept(i);
            wall[i] = (System.nanoTime() - began) / 1e6;
        }
        double used = (cpu() - cpu) / times;
        Arrays.sort(wall);
        System.out.println(String.format(
                Locale.ROOT,
                "%-36s %6.0f ms median, %6.0f ms worst, %6.0f ms of CPU",
                what,
                wall[times / 2],
                wall[times - 1],
                used));
    }

    private static double cpu() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toMillis();
    }
}
