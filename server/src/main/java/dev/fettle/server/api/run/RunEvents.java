package dev.fettle.server.api.run;

import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionStore;
import dev.fettle.server.api.feed.SessionEvents;
import dev.fettle.server.api.feed.SessionFeed;
import dev.fettle.server.json.WireJson;
import dev.fettle.server.sse.EventSink;
import dev.fettle.server.sse.EventSource;
import dev.fettle.server.sse.ServerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The events of a run for one client. After the last one comes `run_ended` with the run itself, so that a client knows
/// the end from a broken connection.
final class RunEvents implements EventSource {
    private final Run run;
    private final RunQueue runs;
    private final SessionStore sessions;
    private final SessionFeed feed;
    private final RunSpan span;
    private final List<LogEntry> missed = new ArrayList<>();

    RunEvents(Run run, RunQueue runs, SessionStore sessions, SessionFeed feed) {
        this.run = run;
        this.runs = runs;
        this.sessions = sessions;
        this.feed = feed;
        this.span = new RunSpan(run.id());
    }

    @Override
    public Subscription listen(EventSink sink) {
        // In this order, so that the end is not seen before what led to it.
        Run now = runs.find(run.id()).orElse(run);
        List<LogEntry> history = sessions.history(run.session());
        history.forEach(entry -> missed.addAll(span.take(entry)));
        if (now.hasEnded()) {
            end(now, sink);
            return () -> {};
        }
        long last = history.isEmpty() ? 0 : history.getLast().seq();
        return feed.follow(run.session(), last, new Telling(sink));
    }

    @Override
    public Iterable<ServerEvent> after(Optional<String> lastEventId) {
        long seen = SessionEvents.position(lastEventId);
        return () -> missed.stream()
                .filter(entry -> entry.seq() > seen)
                .map(SessionEvents::event)
                .iterator();
    }

    private static void end(Run run, EventSink sink) {
        sink.send(new ServerEvent(Optional.empty(), "run_ended", WireJson.write(RunView.of(run))));
        sink.end();
    }

    /// Ends one look after the queue says that the run has ended: by then the log has been read to its end.
    private final class Telling implements SessionFeed.Follower {
        private final EventSink sink;
        private Optional<Run> ended = Optional.empty();

        Telling(EventSink sink) {
            this.sink = sink;
        }

        @Override
        public void told(List<LogEntry> entries) {
            entries.forEach(entry -> span.take(entry).forEach(mine -> sink.send(SessionEvents.event(mine))));
            ended.ifPresent(each -> end(each, sink));
            try {
                ended = runs.find(run.id()).filter(Run::hasEnded);
            } catch (SessionException e) {
                // Asked again at the next look.
            }
        }

        @Override
        public void gone() {
            sink.end();
        }
    }
}
