package dev.fettle.store;

import dev.fettle.core.feed.LocalNotices;
import dev.fettle.core.feed.Notice;
import dev.fettle.core.feed.Notices;
import dev.fettle.core.session.SessionException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices for this process, told at once. What another process has written to the file, SQLite cannot tell; only that
/// some connection has, in some microseconds, by a number that differs then.
/// So it is asked forty times a second while somebody listens.
final class FileNotices implements Notices, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileNotices.class);
    private static final Duration GLANCE = Duration.ofMillis(25);

    private final Database database;
    private final LocalNotices here = new LocalNotices();
    private int listeners;
    private Optional<Thread> glancing = Optional.empty();

    FileNotices(Database database) {
        this.database = database;
    }

    @Override
    public void announce(Notice notice) {
        here.announce(notice);
    }

    @Override
    public synchronized Listening listen(Consumer<Notice> listener) {
        Listening listening = here.listen(listener);
        listeners++;
        if (glancing.isEmpty()) {
            glancing = Optional.of(Thread.ofVirtual().name("fettle-file").start(this::glance));
        }
        return () -> {
            listening.close();
            leave();
        };
    }

    private synchronized void leave() {
        listeners--;
        if (listeners == 0) {
            close();
        }
    }

    private void glance() {
        long seen = -1;
        try {
            while (true) {
                long version = version().orElse(seen);
                if (version != seen) {
                    seen = version;
                    here.announce(new Notice.Anything());
                }
                Thread.sleep(GLANCE);
            }
        } catch (InterruptedException e) {
            // Nobody listens any more.
        }
    }

    private Optional<Long> version() {
        try {
            return Optional.of(database.version());
        } catch (SessionException e) {
            LOG.debug("The file could not be looked at: {}", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public synchronized void close() {
        glancing.ifPresent(Thread::interrupt);
        glancing = Optional.empty();
    }
}
