package dev.fettle.bench.feed;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// A process of its own that appends at a steady pace to some sessions in turn; each event says when it was given to
/// the log, in microseconds since 1970.
final class Writer {
    private static final Duration GAP = Duration.ofMillis(5);

    private Writer() {}

    /// Appends, and ends.
    ///
    /// @param arguments the place, how many events, and the sessions
    public static void main(String[] arguments) throws Exception {
        Place place = Place.open(arguments[0]);
        List<EventLog> logs = new ArrayList<>();
        for (String id : List.of(arguments).subList(2, arguments.length)) {
            logs.add(place.sessions().open(new SessionId(id)));
        }
        try (AutoCloseable _ = place.store()) {
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                logs.get(i % logs.size()).append(new Event.UserSaid(Long.toString(now()), List.of()));
                Thread.sleep(GAP);
            }
        }
    }

    static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
