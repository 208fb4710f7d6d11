package dev.fettle.cli.runs;

import dev.fettle.core.feed.Feed;
import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.model.Delta;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.turn.TurnListener;
import java.time.Duration;
import java.util.function.Consumer;

/// Shows the turn of a run from its log, while a worker writes it.
///
/// @param listener sees what happens as if the turn ran here; what a model said comes in one piece
/// @param state told of each state the run gets into before it ends
record Follower(RunQueue queue, Feed feed, TurnListener listener, Consumer<Run> state) {
    /// Only to see that there is nothing to see: the feed wakes whoever waits.
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /// Watches until the run has ended.
    Run follow(Run begun) throws InterruptedException {
        Run run = begun;
        String word = "";
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
                        show(entry);
                    }
                }
                if (run.hasEnded()) {
                    return run;
                }
                if (!run.state().word().equals(word)) {
                    word = run.state().word();
                    state.accept(run);
                }
                cursor.await(PAUSE);
            }
        }
    }

    private void show(LogEntry entry) {
        if (entry.event() instanceof Event.AssistantSaid said) {
            said.content().forEach(block -> {
                if (block instanceof ContentBlock.Text text) {
                    listener.onDelta(new Delta.Text(text.text()));
                }
            });
        }
        listener.onEvent(entry);
    }
}
