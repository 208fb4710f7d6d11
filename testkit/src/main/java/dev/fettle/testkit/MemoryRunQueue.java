package dev.fettle.testkit;

import dev.fettle.core.feed.Notice;
import dev.fettle.core.feed.Notices;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunException;
import dev.fettle.core.run.RunFilter;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.run.RunRequest;
import dev.fettle.core.run.RunState;
import dev.fettle.core.session.RunId;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.session.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// A queue that nobody works off: the test says how its runs stand.
public final class MemoryRunQueue implements RunQueue {
    private final SessionStore sessions;
    private final InstantSource clock;
    private final Notices notices;
    private final SequencedMap<RunId, Run> runs = new LinkedHashMap<>();
    private Optional<Answer> lastAnswer = Optional.empty();

    /// An empty queue.
    ///
    /// @param notices told of every change
    public MemoryRunQueue(SessionStore sessions, InstantSource clock, Notices notices) {
        this.sessions = sessions;
        this.clock = clock;
        this.notices = notices;
    }

    /// Has a run stand differently.
    public synchronized Run put(RunId id, RunState state) {
        Run was = get(id);
        Optional<Instant> now = Optional.of(clock.instant());
        Run is = new Run(
                id,
                was.session(),
                was.user(),
                was.request(),
                state,
                was.crashes(),
                was.isCancelled(),
                was.createdAt(),
                state instanceof RunState.Queued ? Optional.empty() : now,
                state instanceof RunState.Ended ? now : Optional.empty());
        runs.put(id, is);
        notices.announce(new Notice.RunChanged(is.session(), id, state instanceof RunState.Ready));
        return is;
    }

    public synchronized Optional<Answer> lastAnswer() {
        return lastAnswer;
    }

    private Run get(RunId id) {
        return find(id).orElseThrow(() -> new RunException(RunException.Kind.NOT_FOUND, "There is no run " + id));
    }

    @Override
    public synchronized Run submit(SessionId session, RunRequest request) {
        String user = sessions.find(session).map(Session::user).orElseThrow();
        Instant now = clock.instant();
        Run run = new Run(
                RunId.at(now),
                session,
                user,
                request,
                new RunState.Ready(),
                0,
                false,
                now,
                Optional.empty(),
                Optional.empty());
        runs.putFirst(run.id(), run);
        return run;
    }

    @Override
    public synchronized Optional<Run> find(RunId id) {
        return Optional.ofNullable(runs.get(id));
    }

    @Override
    public synchronized List<Run> list(RunFilter filter) {
        return runs.values().stream()
                .filter(filter::includes)
                .limit(filter.most())
                .toList();
    }

    @Override
    public synchronized Optional<Run> latest(SessionId session) {
        return runs.values().stream()
                .filter(run -> run.session().equals(session))
                .findFirst();
    }

    @Override
    public synchronized Run cancel(RunId id) {
        return put(id, new RunState.Ended(Status.CANCELLED, ""));
    }

    @Override
    public synchronized Run answer(RunId id, Answer answer) {
        if (!(get(id).state() instanceof RunState.Waiting)) {
            throw new RunException(RunException.Kind.CONFLICT, "Run %s waits for no answer".formatted(id));
        }
        lastAnswer = Optional.of(answer);
        return put(id, new RunState.Ready());
    }

    @Override
    public synchronized Map<String, Long> counts() {
        return runs.values().stream()
                .filter(run -> !run.hasEnded())
                .collect(Collectors.groupingBy(run -> run.state().word(), Collectors.counting()));
    }
}
