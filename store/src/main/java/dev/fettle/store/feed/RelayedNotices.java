package dev.fettle.store.feed;

import dev.fettle.core.feed.LocalNotices;
import dev.fettle.core.feed.Notice;
import dev.fettle.core.feed.Notices;
import dev.fettle.core.monitor.Gauge;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices for this process, told at once, and for others, sent over a line. What is announced within a few
/// milliseconds goes out together, so that the line's work does not grow with the number of appends. While the line is
/// broken nothing is kept for it; when it can be heard again, everybody is told to look.
///
/// Nothing is connected before somebody announces or listens.
public final class RelayedNotices implements Notices, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RelayedNotices.class);
    private static final Duration GAP = Duration.ofMillis(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Line line;
    private final LocalNotices here = new LocalNotices();
    private final Outbox outbox = new Outbox();
    private final Wording wording = new Wording(UUID.randomUUID().toString());
    private Optional<Thread> sender = Optional.empty();
    private Optional<Thread> hearer = Optional.empty();
    private final AtomicLong lost = new AtomicLong();
    private volatile boolean isDown;
    private volatile boolean isSending;
    private volatile boolean isClosed;

    public RelayedNotices(Line line) {
        this.line = line;
    }

    @Override
    public void announce(Notice notice) {
        here.announce(notice);
        outbox.add(notice);
        if (!isSending) {
            startSending();
        }
    }

    private synchronized void startSending() {
        if (!isClosed && sender.isEmpty()) {
            sender = Optional.of(Thread.ofVirtual().name("fettle-notices-out").start(this::send));
            isSending = true;
        }
    }

    @Override
    public synchronized Listening listen(Consumer<Notice> listener) {
        Listening listening = here.listen(listener);
        if (!isClosed && hearer.isEmpty()) {
            hearer = Optional.of(Thread.ofVirtual().name("fettle-notices-in").start(this::hear));
        }
        return listening;
    }

    /// How the line does.
    public List<Gauge> gauges() {
        return List.of(
                Gauge.of(
                        "fettle_notices_lost_total",
                        "Notices to other processes that a broken line has lost; they look by themselves once a second.",
                        lost::doubleValue),
                Gauge.of(
                        "fettle_notices_line_up",
                        "Whether the line to other processes worked when it was last used.",
                        () -> isDown ? 0 : 1));
    }

    private void send() {
        try {
            for (List<Notice> notices = outbox.take(); !notices.isEmpty(); notices = outbox.take()) {
                send(notices);
                Thread.sleep(GAP);
            }
        } catch (InterruptedException e) {
            // Closed while the line did not move.
        }
    }

    private void send(List<Notice> notices) {
        try {
            line.tell(wording.write(notices));
            isDown = false;
        } catch (IOException e) {
            // Whoever would have heard looks by itself once a second.
            isDown = true;
            lost.addAndGet(notices.size());
            LOG.debug("Notices over {} were lost: {}", line, e.getMessage());
        }
    }

    private void hear() {
        Pause pause = new Pause();
        try {
            while (!isClosed) {
                try {
                    line.hear(
                            () -> {
                                isDown = false;
                                pause.end(line);
                                here.announce(new Notice.Anything());
                            },
                            text -> wording.read(text).forEach(here::announce));
                } catch (IOException e) {
                    isDown = true;
                    pause.begin(line, e);
                }
                if (!isClosed) {
                    Thread.sleep(pause.next());
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    /// How long to wait before the next try; says once that the line is broken, and once that it is mended.
    private static final class Pause {
        private Duration length = FIRST_PAUSE;
        private boolean isBroken;

        void begin(Line line, IOException reason) {
            if (!isBroken) {
                isBroken = true;
                LOG.info("No notices over {}; sessions are looked at once a second: {}", line, reason.getMessage());
            }
        }

        void end(Line line) {
            if (isBroken) {
                isBroken = false;
                LOG.info("Notices over {} are back", line);
            }
            length = FIRST_PAUSE;
        }

        Duration next() {
            Duration now = length;
            length = now.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? now.multipliedBy(2) : LONGEST_PAUSE;
            return now;
        }
    }

    /// Sends what is left, for a second at most: a command may end right after the last event of its turn.
    @Override
    public void close() {
        Optional<Thread> sending;
        synchronized (this) {
            isClosed = true;
            sending = sender;
            hearer.ifPresent(Thread::interrupt);
        }
        outbox.close();
        try {
            if (sending.isPresent() && !sending.get().join(LAST_WORDS)) {
                sending.get().interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            line.cut();
        }
    }
}
