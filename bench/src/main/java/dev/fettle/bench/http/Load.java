package dev.fettle.bench.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/// Connections that ask one thing after the other, for as long as is said.
///
/// @param perSecond answers a second
/// @param p50 the time of one, in milliseconds
/// @param cpu of the server, in milliseconds for each
/// @param others answers with another status than 200
record Load(double perSecond, double p50, double p99, double cpu, long others) {

    /// @param request the bytes to send, by a number that none had before
    static Load of(Server server, int connections, Duration time, AtomicLong numbers, LongFunction<byte[]> request)
            throws InterruptedException {
        ConcurrentLinkedQueue<long[]> all = new ConcurrentLinkedQueue<>();
        AtomicLong others = new AtomicLong();
        long begun = System.nanoTime();
        Duration before = server.cpu();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                long[] nanos = new long[1 << 10];
                int count = 0;
                try (Connection connection = new Connection(server.port())) {
                    long now = System.nanoTime();
                    while (now - begun < time.toNanos()) {
                        Connection.Reply reply = connection.exchange(request.apply(numbers.incrementAndGet()));
                        if (reply.status() != 200) {
                            others.incrementAndGet();
                        }
                        if (count == nanos.length) {
                            nanos = Arrays.copyOf(nanos, 2 * count);
                        }
                        long end = System.nanoTime();
                        nanos[count++] = end - now;
                        now = end;
                    }
                } catch (IOException e) {
                    others.incrementAndGet();
                }
                all.add(Arrays.copyOf(nanos, count));
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        double cpu = server.cpu().minus(before).toNanos() / 1e6;
        long[] sorted = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        if (sorted.length == 0) {
            return new Load(0, 0, 0, 0, others.get());
        }
        return new Load(
                sorted.length / seconds,
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6,
                cpu / sorted.length,
                others.get());
    }
}
