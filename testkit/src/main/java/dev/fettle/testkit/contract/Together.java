package dev.fettle.testkit.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;

/// Asks many times at the same moment.
final class Together {
    private Together() {}

    /// What came of each asking: a value, or the exception it threw.
    static List<Object> ask(int times, IntFunction<?> question) throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        List<Object> outcomes = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    go.await();
                    outcomes.add(question.apply(number));
                } catch (RuntimeException | InterruptedException e) {
                    outcomes.add(e);
                }
            }));
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        return outcomes;
    }
}
