package dev.fettle.core.monitor;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.Delta;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.turn.TurnListener;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Tells a monitor what the log of a turn says: the one place where events become numbers. Fed while the turn runs, or
/// with its log afterwards.
public final class TurnMeter implements TurnListener {
    private static final Call ELSEWHERE = new Call("", false);

    private final Monitor monitor;
    private final TurnListener next;
    private final Map<String, Call> calls = new HashMap<>();
    private Optional<Instant> begun;

    private record Call(String tool, boolean wasRun) {}

    /// A meter of one turn.
    ///
    /// @param next whoever listens besides
    /// @param begun when the turn was first taken up; empty if that is the moment of its first event here
    public TurnMeter(Monitor monitor, TurnListener next, Optional<Instant> begun) {
        this.monitor = monitor;
        this.next = next;
        this.begun = begun;
    }

    @Override
    public void onEvent(LogEntry entry) {
        Instant since = begun.orElse(entry.at());
        begun = Optional.of(since);
        switch (entry.event()) {
            case Event.AssistantSaid said -> {
                said.content().forEach(this::note);
                monitor.tell(new Occurrence.ModelAnswered(
                        said.model(), said.usage(), said.cost(), Duration.ofMillis(said.durationMs())));
            }
            case Event.ToolStarted started -> calls.put(started.callId(), new Call(started.name(), true));
            case Event.ToolFinished finished -> {
                Call call = calls.getOrDefault(finished.result().callId(), ELSEWHERE);
                monitor.tell(new Occurrence.ToolAnswered(
                        call.tool(),
                        finished.result().kind(),
                        call.wasRun(),
                        Duration.ofMillis(finished.durationMs())));
                finished.spending().map(Occurrence.ModelsAsked::new).ifPresent(monitor::tell);
            }
            case Event.TurnEnded ended ->
                monitor.tell(new Occurrence.TurnEnded(ended.outcome().status(), Duration.between(since, entry.at())));
            case Event.SessionStarted _,
                    Event.UserSaid _,
                    Event.ApprovalAsked _,
                    Event.PermissionDecided _,
                    Event.SecretSeen _,
                    Event.Advised _,
                    Event.Shortened _,
                    Event.Restored _,
                    Event.TreeKept _,
                    Event.Directed _,
                    Event.Informed _,
                    Event.Compacted _ -> {}
        }
        next.onEvent(entry);
    }

    private void note(ContentBlock block) {
        if (block instanceof ToolCall call) {
            calls.put(call.id(), new Call(call.name(), false));
        }
    }

    @Override
    public void onDelta(Delta delta) {
        next.onDelta(delta);
    }
}
