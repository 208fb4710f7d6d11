package dev.fettle.cli.runs;

import dev.fettle.core.feed.Feed;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Piece;
import dev.fettle.core.turn.TurnListener;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Shows the turn of a run from its log, while a worker writes it, and what its model says as far as that is heard.
///
/// @param listener sees what happens as if the turn ran here
/// @param state told of each state the run gets into before it ends
record Follower(RunQueue queue, Feed feed, TurnListener listener, Consumer<Run> state) {
    /// Only to see that there is nothing to see: the feed wakes whoever waits.
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /// Watches until the run has ended.
    Run follow(Run begun) throws InterruptedException {
        Run run = begun;
        String word = "";
        AnswerAloud answer = new AnswerAloud(listener);
        try (Feed.Cursor cursor = feed.follow(run.session(), 0)) {
            boolean isMine = false;
            while (true) {
                // In this order, so that the end is not seen before what led to it.
                run = queue.find(run.id()).orElse(run);
                for (LogEntry entry : cursor.read()) {
                    if (entry.event() instanceof Event.UserSaid said) {
                        isMine = said.run().filter(run.id()::equals).isPresent();
                    }
                    if (isMine) {
                        show(entry, answer);
                    }
                }
                if (run.hasEnded()) {
                    return run;
                }
                if (!run.state().word().equals(word)) {
                    word = run.state().word();
                    state.accept(run);
                }
                for (List<Piece> said = cursor.hear(PAUSE); !said.isEmpty(); said = cursor.hear(PAUSE)) {
                    if (isMine) {
                        said.forEach(answer::hear);
                    }
                }
                cursor.await(Duration.ZERO);
            }
        }
    }

    private void show(LogEntry entry, AnswerAloud answer) {
        if (entry.event() instanceof Event.AssistantSaid said) {
            answer.end(said);
        }
        listener.onEvent(entry);
    }
}
