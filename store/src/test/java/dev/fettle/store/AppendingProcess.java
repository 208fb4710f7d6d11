package dev.fettle.store;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.SessionId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// A process of its own that opens a session and says so, then prints the number of every event it was
/// promised is kept. Given `0` appends it waits for the end of its input instead.
final class AppendingProcess {
    private AppendingProcess() {}

    public static void main(String[] args) throws IOException {
        SqliteSessionStore store = SqliteSessionStore.open(Path.of(args[0]), InstantSource.system());
        EventLog log = store.open(new SessionId(args[1]));
        System.out.println("open");
        int appends = Integer.parseInt(args[2]);
        for (int i = 0; i < appends; i++) {
            System.out.println(log.append(new Event.UserSaid("Event ".repeat(i % 300), List.of()))
                    .seq());
        }
        while (System.in.read() >= 0) {
            // Whoever started it closes its input when it may end.
        }
        // As a crash would: nothing is given back.
        Runtime.getRuntime().halt(0);
    }
}
