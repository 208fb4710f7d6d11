package dev.fettle.cli.interactive.talk;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What calls brought, as far back as one would look. Each has a number. Used by several threads.
public final class Outputs {
    private static final int MOST = 50;

    private final Map<Integer, Output> outputs = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Output> eldest) {
            return size() > MOST;
        }
    };
    private int last;

    /// What a call brought.
    public record Output(int number, String call, String text) {}

    synchronized int add(String call, String text) {
        last++;
        outputs.put(last, new Output(last, call, text));
        return last;
    }

    public synchronized Optional<Output> find(int number) {
        return Optional.ofNullable(outputs.get(number));
    }

    public synchronized Optional<Output> last() {
        return find(last);
    }
}
