package dev.fettle.store.feed;

import dev.fettle.core.feed.Notice;
import dev.fettle.core.session.RunId;
import dev.fettle.core.session.SessionId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects notices until they are sent. Of those about the same thing one is left, so it holds no more than there
/// are sessions and runs under way.
final class Outbox {
    private Map<SessionId, Notice.Appended> appended = new LinkedHashMap<>();
    private Map<RunId, Notice.RunChanged> runs = new LinkedHashMap<>();
    private boolean isClosed;

    synchronized void add(Notice notice) {
        switch (notice) {
            case Notice.Appended each ->
                appended.merge(each.session(), each, (old, last) -> last.seq() > old.seq() ? last : old);
            case Notice.RunChanged each ->
                runs.merge(
                        each.run(),
                        each,
                        (old, last) ->
                                new Notice.RunChanged(last.session(), last.run(), old.isReady() || last.isReady()));
            case Notice.Anything _ -> {
                // Each process says that to itself.
            }
        }
        notifyAll();
    }

    /// Takes what there is, and waits for something if need be; nothing once it is closed and empty.
    synchronized List<Notice> take() throws InterruptedException {
        while (appended.isEmpty() && runs.isEmpty() && !isClosed) {
            wait();
        }
        List<Notice> all = new ArrayList<>(appended.values());
        all.addAll(runs.values());
        appended = new LinkedHashMap<>();
        runs = new LinkedHashMap<>();
        return all;
    }

    /// Lets nobody wait for more.
    synchronized void close() {
        isClosed = true;
        notifyAll();
    }
}
