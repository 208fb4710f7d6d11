package dev.fettle.store.postgres;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import dev.fettle.store.ReservingProcess;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/// A process of its own that uses a database: `append` opens a session and prints the number of every event it
/// was promised is kept; `race` tries to open every session there is, and prints the ids of those it got;
/// `reserve` tries to reserve a dollar of ten a day fifty times at once, and prints how often it may. It begins
/// when it is sent a line.
final class ClientProcess {
    private static final int CALLS = 50;

    private ClientProcess() {}

    public static void main(String[] args) throws Exception {
        PostgresSessionStore store =
                PostgresSessionStore.open(new PostgresSessionStore.Options(URI.create(args[0]), 10));
        System.out.println("ready");
        awaitLine();
        switch (args[1]) {
            case "append" -> append(store, new SessionId(args[2]));
            case "race" -> race(store);
            case "reserve" -> System.out.println(ReservingProcess.admitted(store.ledger(), CALLS));
            default -> throw new IllegalArgumentException(args[1]);
        }
        awaitLine();
        // As a crash would: nothing is given back.
        Runtime.getRuntime().halt(0);
    }

    private static void append(PostgresSessionStore store, SessionId id) {
        EventLog log = store.open(id);
        System.out.println("open");
        for (int i = 1; i < Integer.MAX_VALUE; i++) {
            System.out.println(log.append(new Event.UserSaid("Event ".repeat(i % 300), List.of()))
                    .seq());
        }
    }

    private static void race(PostgresSessionStore store) {
        for (Session each : store.list()) {
            try {
                store.open(each.id());
                System.out.println(each.id());
            } catch (SessionException e) {
                if (e.kind() != SessionException.Kind.BUSY) {
                    throw e;
                }
            }
        }
        System.out.println("done");
    }

    private static void awaitLine() throws IOException {
        int read = System.in.read();
        while (read >= 0 && read != '\n') {
            read = System.in.read();
        }
    }
}
