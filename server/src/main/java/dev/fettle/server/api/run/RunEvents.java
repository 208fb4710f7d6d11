package dev.fettle.server.api.run;

import dev.fettle.core.feed.Feed;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.server.api.feed.LogReading;
import dev.fettle.server.api.feed.SessionEvents;
import dev.fettle.server.json.WireJson;
import dev.fettle.server.sse.EventSource;
import dev.fettle.server.sse.ServerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The events of a run for one client. After the last one comes `run_ended` with the run itself, so that a client knows
/// the end from a broken connection.
record RunEvents(Run run, RunQueue runs, Feed feed) implements EventSource {

    @Override
    public Reading after(Optional<String> lastEventId) {
        // From the start of the session, because what is said of a run begins before the run.
        return new Telling(feed.follow(run.session(), 0), SessionEvents.position(lastEventId));
    }

    private final class Telling extends LogReading {
        private final RunSpan span = new RunSpan(run.id());
        private final long seen;

        Telling(Feed.Cursor cursor, long seen) {
            super(cursor);
            this.seen = seen;
        }

        @Override
        protected List<ServerEvent> read(Feed.Cursor cursor) {
            List<LogEntry> entries = cursor.read();
            List<ServerEvent> events = new ArrayList<>(told(entries));
            if (mayHaveEnded(entries)) {
                Optional<Run> ended = runs.find(run.id()).filter(Run::hasEnded);
                if (ended.isPresent()) {
                    // Read once more, so that nothing is missing that led to the end.
                    events.addAll(told(cursor.read()));
                    events.add(new ServerEvent(Optional.empty(), "run_ended", WireJson.write(RunView.of(ended.get()))));
                    end();
                }
            }
            return events;
        }

        @Override
        protected boolean isListening() {
            return span.isUnderWay();
        }

        /// A run ends after the last event of its turn, or without one; that wakes whoever watches.
        private static boolean mayHaveEnded(List<LogEntry> entries) {
            return entries.isEmpty() || entries.getLast().event() instanceof Event.TurnEnded;
        }

        private List<ServerEvent> told(List<LogEntry> entries) {
            return entries.stream()
                    .flatMap(entry -> span.take(entry).stream())
                    .filter(entry -> entry.seq() > seen)
                    .map(SessionEvents::event)
                    .toList();
        }
    }
}
