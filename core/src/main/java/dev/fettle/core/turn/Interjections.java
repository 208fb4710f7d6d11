package dev.fettle.core.turn;

import dev.fettle.core.message.Image;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/// What the user says while a turn runs. The turn takes it before its next step; what it did not take when it ended is
/// left to whoever begins the next one. Used by several threads.
public final class Interjections {
    private final Queue<Words> waiting = new ArrayDeque<>();

    /// Something said.
    public record Words(String text, List<Image> images) {
        public Words {
            images = List.copyOf(images);
        }
    }

    public synchronized void add(Words words) {
        waiting.add(words);
    }

    /// What was said and nobody has taken, the oldest first.
    public synchronized List<Words> waiting() {
        return List.copyOf(waiting);
    }

    /// The same, which is not there any more.
    public synchronized List<Words> take() {
        List<Words> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }
}
