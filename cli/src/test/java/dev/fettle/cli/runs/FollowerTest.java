package dev.fettle.cli.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.core.feed.AnnouncedLog;
import dev.fettle.core.feed.LocalNotices;
import dev.fettle.core.feed.LogFeed;
import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunRequest;
import dev.fettle.core.run.RunState;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Piece;
import dev.fettle.core.session.Status;
import dev.fettle.core.turn.TurnListener;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import dev.fettle.testkit.MemoryRunQueue;
import dev.fettle.testkit.MemorySessionStore;
import dev.fettle.testkit.SettableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class FollowerTest {
    /// What a person sees, in words: `said …`, `anew`, or an event.
    private final BlockingQueue<String> shown = new LinkedBlockingQueue<>();

    private final TurnListener listener = new TurnListener() {
        @Override
        public void onEvent(LogEntry entry) {
            shown.add(entry.event().getClass().getSimpleName());
        }

        @Override
        public void onDelta(Delta delta) {
            if (delta instanceof Delta.Text text && !text.text().isEmpty()) {
                shown.add("said " + text.text());
            } else if (delta instanceof Delta.Discarded) {
                shown.add("anew");
            }
        }
    };

    private static Event.AssistantSaid answer(String text) {
        return new Event.AssistantSaid(
                "test/m",
                List.of(new ContentBlock.Text(text)),
                StopReason.END,
                new Usage(10, 0, 0, 5, 0),
                Money.of("0.01"),
                7);
    }

    private static Piece piece(long at, String text) {
        return new Piece(1, Piece.Kind.TEXT, at, text);
    }

    private List<String> shownFor(Event.AssistantSaid said, Piece... pieces) {
        AnswerAloud answer = new AnswerAloud(listener);
        for (Piece each : pieces) {
            answer.hear(each);
        }
        answer.end(said);
        List<String> all = new ArrayList<>();
        shown.drainTo(all);
        return all;
    }

    @Test
    void whatWasHeardIsNotSaidAgain() {
        assertEquals(List.of("said Hello"), shownFor(answer("Hello")));
        assertEquals(
                List.of("said Hel", "said lo", "said !"), shownFor(answer("Hello!"), piece(0, "Hel"), piece(3, "lo")));
        assertEquals(List.of("said Hello"), shownFor(answer("Hello"), piece(0, "Hello")));
    }

    @Test
    void behindAGapTheRestWaitsForTheWhole() {
        assertEquals(List.of("said Hello"), shownFor(answer("Hello"), piece(2, "l")));
        assertEquals(List.of("said He", "said llo"), shownFor(answer("Hello"), piece(0, "He"), piece(3, "l")));
        Piece thought = new Piece(1, Piece.Kind.REASONING, 0, "Hm.");
        assertEquals(List.of("said Hello"), shownFor(answer("Hello"), thought));
    }

    @Test
    void anAnswerThatBeginsAnewIsSaidToDoSo() {
        assertEquals(
                List.of("said Good", "anew", "said Hel", "said lo"),
                shownFor(answer("Hello"), piece(0, "Good"), piece(0, ""), piece(0, "Hel")));
        assertEquals(List.of("said Good", "anew", "said Hello"), shownFor(answer("Hello"), piece(0, "Good")));
    }

    @Test
    void whoFollowsARunHearsItsModelAndNoOther() throws Exception {
        SettableClock clock = new SettableClock();
        LocalNotices notices = new LocalNotices();
        MemorySessionStore sessions = new MemorySessionStore(clock);
        MemoryRunQueue queue = new MemoryRunQueue(sessions, clock, notices);
        Run run =
                queue.submit(sessions.create("/work", "Watched").id(), new RunRequest("Go", List.of(), Map.of(), true));
        try (LogFeed feed = new LogFeed(sessions, _ -> Map.of(), notices);
                EventLog log = new AnnouncedLog(sessions.open(run.session()), notices)) {
            Follower follower = new Follower(
                    queue, feed, listener, state -> shown.add(state.state().word()));
            Thread following = Thread.ofVirtual().start(() -> {
                try {
                    follower.follow(run);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            assertEquals("ready", shown.take());
            log.append(new Event.UserSaid("Something else", List.of()));
            log.show(piece(0, "Not for you"));
            log.append(new Event.UserSaid("Go", List.of(), Optional.of(run.id())));
            assertEquals("UserSaid", shown.take());
            log.show(new Piece(2, Piece.Kind.TEXT, 0, "Hel"));
            assertEquals("said Hel", shown.take());
            log.append(answer("Hello"));
            assertEquals("said lo", shown.take());
            assertEquals("AssistantSaid", shown.take());
            queue.put(run.id(), new RunState.Ended(Status.COMPLETED, ""));
            following.join();
        }
    }
}
