package dev.fettle.core.feed;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Notices within one process, told on the thread that announces them.
public final class LocalNotices implements Notices {
    private final List<Consumer<Notice>> listeners = new CopyOnWriteArrayList<>();

    @Override
    public void announce(Notice notice) {
        listeners.forEach(each -> each.accept(notice));
    }

    @Override
    public Listening listen(Consumer<Notice> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
