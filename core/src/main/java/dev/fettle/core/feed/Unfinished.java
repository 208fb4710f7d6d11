package dev.fettle.core.feed;

import dev.fettle.core.session.Piece;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The newest pieces of an answer that is being written, for all who watch. Used by one thread at a time.
final class Unfinished {
    /// Half a minute of what a quick model says.
    private static final int MOST = 1 << 16;
    /// What a piece takes beside its characters.
    private static final int EACH = 32;

    private final Deque<Piece> pieces = new ArrayDeque<>();
    private int size;
    private long count;

    /// @param upTo how many pieces there had been by then
    record Part(List<Piece> pieces, long upTo) {}

    void add(Piece piece) {
        pieces.add(piece);
        size += piece.text().length() + EACH;
        count++;
        while (size > MOST) {
            size -= pieces.removeFirst().text().length() + EACH;
        }
    }

    /// Nobody needs them any more.
    void clear() {
        pieces.clear();
        size = 0;
    }

    /// What came after so many pieces and is still here, in as few as possible.
    Part since(long from) {
        List<Piece> joined = new ArrayList<>();
        long gone = count - pieces.size();
        pieces.stream().skip(Math.max(0, from - gone)).forEach(piece -> {
            Optional<Piece> longer =
                    joined.isEmpty() ? Optional.empty() : joined.getLast().joined(piece);
            longer.ifPresent(_ -> joined.removeLast());
            joined.add(longer.orElse(piece));
        });
        return new Part(joined, count);
    }

    boolean hasSince(long from) {
        return !pieces.isEmpty() && count > from;
    }
}
