package dev.fettle.bench.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Streams that are open while runs write what they tell.
///
/// @param opening seconds until all are open
/// @param seconds from the first order to the last event of the last stream
/// @param cpu of the server meanwhile, in seconds, that of the runs included
/// @param events of the log that all streams together told
/// @param complete streams that told everything once and in order
record ManyStreams(double opening, double seconds, double cpu, long events, int complete) {
    private static final Pattern SESSION = Pattern.compile("\"session_id\":\"(ses_[0-9a-f]+)\"");

    /// Has the streams watch the sessions evenly, and then a run in each.
    static ManyStreams of(Server server, int streams, int sessions) throws Exception {
        AtomicLong events = new AtomicLong();
        AtomicInteger complete = new AtomicInteger();
        CountDownLatch open = new CountDownLatch(streams);
        List<Thread> threads = new ArrayList<>();
        long begun = System.nanoTime();
        double opening;
        long ordered;
        Duration before;
        try (Connection orders = new Connection(server.port())) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                Matcher id = SESSION.matcher(
                        orders.exchange(Connection.request("POST", "/chat/sessions", server.key(), "{}"))
                                .body());
                if (!id.find()) {
                    throw new IOException("No session");
                }
                ids.add(id.group(1));
            }
            for (int i = 0; i < streams; i++) {
                String path = "/api/v1/sessions/" + ids.get(i % sessions) + "/events";
                threads.add(Thread.ofVirtual().start(() -> {
                    if (isComplete(server, path, open, events)) {
                        complete.incrementAndGet();
                    }
                }));
            }
            open.await();
            opening = (System.nanoTime() - begun) / 1e9;
            before = server.cpu();
            ordered = System.nanoTime();
            for (int i = 0; i < sessions; i++) {
                String order =
                        "{\"prompt\":\"key-%d\",\"session_id\":\"%s\",\"approve\":true}".formatted(i, ids.get(i));
                orders.exchange(Connection.request("POST", "/api/v1/runs", server.key(), order));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        return new ManyStreams(
                opening,
                (System.nanoTime() - ordered) / 1e9,
                server.cpu().minus(before).toNanos() / 1e9,
                events.get(),
                complete.get());
    }

    private static boolean isComplete(Server server, String path, CountDownLatch open, AtomicLong events) {
        try (EventStream stream = new EventStream(server, path)) {
            open.countDown();
            long seq = 0;
            EventStream.Told told;
            do {
                told = stream.next();
                if (!told.id().isEmpty()) {
                    seq++;
                    events.incrementAndGet();
                    if (seq != Long.parseLong(told.id())) {
                        return false;
                    }
                }
            } while (!told.name().equals("turn_ended"));
            return true;
        } catch (IOException e) {
            open.countDown();
            return false;
        }
    }
}
