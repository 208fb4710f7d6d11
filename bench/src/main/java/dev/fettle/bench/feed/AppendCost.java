package dev.fettle.bench.feed;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.store.postgres.PostgresSessionStore;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/// How many events a process gets into the log in a second.
final class AppendCost {
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration COUNTED = Duration.ofSeconds(8);

    private AppendCost() {}

    /// Appends to as many sessions at once as there are threads.
    static double perSecond(String url, int threads) throws InterruptedException {
        try (PostgresSessionStore store =
                PostgresSessionStore.open(new PostgresSessionStore.Options(URI.create(url), 10))) {
            AtomicBoolean isOver = new AtomicBoolean();
            LongAdder appended = new LongAdder();
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                writers.add(Thread.ofVirtual().start(() -> append(store, isOver, appended)));
            }
            Thread.sleep(WARM_UP);
            long before = appended.sum();
            long begun = System.nanoTime();
            Thread.sleep(COUNTED);
            double perSecond = (appended.sum() - before) * 1e9 / (System.nanoTime() - begun);
            isOver.set(true);
            for (Thread each : writers) {
                each.join();
            }
            return perSecond;
        }
    }

    private static void append(SessionStore store, AtomicBoolean isOver, LongAdder appended) {
        SessionId id = store.create("/work", "Appended to").id();
        try (EventLog log = store.open(id)) {
            while (!isOver.get()) {
                log.append(new Event.UserSaid("An event of a usual kind", List.of()));
                appended.increment();
            }
        }
    }
}
