package dev.fettle.store.feed;

import dev.fettle.core.feed.Notice;
import dev.fettle.core.session.Piece;
import dev.fettle.core.session.RunId;
import dev.fettle.core.session.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Collects notices until they are sent. Of those about the same thing one is left, so it holds no more than there
/// are sessions and runs under way. Pieces of answers are put together, and what they come to is sent less often: a
/// model says more than a database should pass on word by word. Beyond a bound they are left out.
final class Outbox {
    /// From when pieces were sent to when the next ones are.
    private static final Duration BREATH = Duration.ofMillis(50);

    private static final int MOST_PIECES = 1_000;

    private Map<SessionId, Notice.Appended> appended = new LinkedHashMap<>();
    private Map<RunId, Notice.RunChanged> runs = new LinkedHashMap<>();
    private Map<SessionId, List<Piece>> pieces = new LinkedHashMap<>();
    private int pieceCount;
    private long piecesSent = System.nanoTime() - BREATH.toNanos();
    private boolean isClosed;

    synchronized void add(Notice notice) {
        switch (notice) {
            case Notice.Appended each -> {
                appended.merge(each.session(), each, (old, last) -> last.seq() > old.seq() ? last : old);
                dropPieces(each);
            }
            case Notice.RunChanged each ->
                runs.merge(
                        each.run(),
                        each,
                        (old, last) ->
                                new Notice.RunChanged(last.session(), last.run(), old.isReady() || last.isReady()));
            case Notice.Said each -> add(pieces.computeIfAbsent(each.session(), _ -> new ArrayList<>()), each.piece());
            case Notice.Anything _ -> {
                // Each process says that to itself.
            }
        }
        notifyAll();
    }

    private void add(List<Piece> said, Piece piece) {
        Optional<Piece> joined =
                said.isEmpty() ? Optional.empty() : said.getLast().joined(piece);
        if (joined.isPresent()) {
            said.set(said.size() - 1, joined.get());
        } else if (pieceCount < MOST_PIECES) {
            said.add(piece);
            pieceCount++;
        }
    }

    /// The log has what they are pieces of.
    private void dropPieces(Notice.Appended notice) {
        List<Piece> said = pieces.getOrDefault(notice.session(), List.of());
        if (!said.isEmpty() && said.getLast().after() < notice.seq()) {
            pieces.remove(notice.session());
            pieceCount -= said.size();
        }
    }

    /// Takes what there is to be sent, and waits for something if need be; nothing once it is closed and empty.
    synchronized List<Notice> take() throws InterruptedException {
        long breath = breathLeft();
        while (appended.isEmpty() && runs.isEmpty() && (pieces.isEmpty() || breath > 0) && !isClosed) {
            wait(pieces.isEmpty() ? 0 : breath);
            breath = breathLeft();
        }
        List<Notice> all = new ArrayList<>(appended.values());
        all.addAll(runs.values());
        appended = new LinkedHashMap<>();
        runs = new LinkedHashMap<>();
        if (!pieces.isEmpty() && (breath <= 0 || isClosed)) {
            pieces.forEach((session, said) -> said.forEach(piece -> all.add(new Notice.Said(session, piece))));
            pieces = new LinkedHashMap<>();
            pieceCount = 0;
            piecesSent = System.nanoTime();
        }
        return all;
    }

    /// In milliseconds, rounded up.
    private long breathLeft() {
        return (BREATH.toNanos() - (System.nanoTime() - piecesSent) + 999_999) / 1_000_000;
    }

    /// Lets nobody wait for more.
    synchronized void close() {
        isClosed = true;
        notifyAll();
    }
}
