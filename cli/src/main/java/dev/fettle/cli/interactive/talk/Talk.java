package dev.fettle.cli.interactive.talk;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.interactive.live.Page;
import dev.fettle.core.message.Image;
import dev.fettle.core.run.RunException;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.Status;
import dev.fettle.core.turn.HandOver;
import dev.fettle.core.turn.Interjections;
import dev.fettle.core.turn.Interjections.Words;
import dev.fettle.core.turn.TurnPausedException;
import dev.fettle.core.turn.TurnRequest;
import dev.fettle.core.turn.TurnResult;
import dev.fettle.core.usage.LedgerException;
import dev.fettle.core.workspace.WorkspaceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Runs what the user wants, one thing at a time on a thread of its own, and takes what is said meanwhile: a turn hears
/// it before its next step; what none has heard begins the next.
public final class Talk {
    private static final String APPROVED = "The plan is approved. Carry it out.";
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Sitting sitting;
    private final Page page;
    private final TurnView view;
    private final PlanApproval approval;
    private final Interjections said = new Interjections();
    private final HandOver parking = new HandOver();
    private final List<String> notes = new ArrayList<>();
    private volatile Optional<Thread> working = Optional.empty();

    public Talk(Sitting sitting, Page page, TurnView view, PlanApproval approval) {
        this.sitting = sitting;
        this.page = page;
        this.view = view;
        this.approval = approval;
    }

    /// Asks the user whether a plan is to be carried out.
    @FunctionalInterface
    public interface PlanApproval {
        boolean isGiven() throws InterruptedException;
    }

    /// Something to do.
    @FunctionalInterface
    public interface Errand {
        void run() throws InterruptedException;
    }

    public boolean isBusy() {
        return working.isPresent();
    }

    /// What was said and no turn has heard yet.
    public List<Words> waiting() {
        return said.waiting();
    }

    /// Tells the agent: now, or before the next step of what it does.
    public synchronized void say(String text, List<Image> images) {
        said.add(new Words(withNotes(text), images));
        if (!isBusy()) {
            begin(this::turns);
        }
        page.changed();
    }

    /// What the model is to know with the next thing that is said.
    public synchronized void note(String note) {
        notes.add(note);
    }

    private String withNotes(String text) {
        String whole = notes.isEmpty() ? text : String.join("\n\n", notes) + "\n\n" + text;
        notes.clear();
        return whole;
    }

    /// Goes on with the session's turn that was stopped before it had ended.
    public synchronized void goOn() {
        sitting.session()
                .ifPresent(id -> begin(() -> {
                    turn(listener ->
                            sitting.agent().resume(new TurnRequest.Target.GivenSession(id), listener, parking, said));
                    turns();
                }));
    }

    /// Does something else than a turn; nothing if something is under way.
    ///
    /// @return whether it has begun
    public synchronized boolean begin(Errand errand) {
        if (isBusy()) {
            return false;
        }
        working = Optional.of(Thread.ofPlatform().name("turn").start(() -> work(errand)));
        view.busy(true);
        return true;
    }

    private void work(Errand errand) {
        try {
            attempt(errand);
            while (!hasEnded()) {
                attempt(this::turns);
            }
        } finally {
            rest();
        }
    }

    private void attempt(Errand errand) {
        try {
            errand.run();
        } catch (InterruptedException e) {
            page.line(page.style().dim("  Interrupted."));
        } catch (TurnPausedException e) {
            page.line(page.style().dim("  Parked: `fettle --continue` goes on with it."));
        } catch (CommandException e) {
            e.messages().forEach(this::trouble);
        } catch (SessionException | RunException | LedgerException | WorkspaceException e) {
            trouble(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            trouble("This should not have happened: %s. Please report it with the output of --debug."
                    .formatted(sitting.host().mask(e.toString())));
        }
    }

    private void trouble(String message) {
        page.line(page.style().red("✗ ") + message);
    }

    /// Whatever is said from here on finds nobody at work.
    private synchronized boolean hasEnded() {
        Thread.interrupted();
        if (!parking.isWanted() && !said.waiting().isEmpty()) {
            return false;
        }
        rest();
        return true;
    }

    private synchronized void rest() {
        if (working.equals(Optional.of(Thread.currentThread()))) {
            working = Optional.empty();
            view.busy(false);
            notifyAll();
        }
    }

    private void turns() throws InterruptedException {
        for (List<Words> next = said.take(); !next.isEmpty(); next = said.take()) {
            Mode mode = sitting.mode();
            TurnResult result = turn(joined(next), mode);
            if (mode == Mode.PLAN
                    && result.outcome().status() == Status.COMPLETED
                    && said.waiting().isEmpty()
                    && approval.isGiven()) {
                sitting.be(Mode.WORK);
                view.said(APPROVED);
                turn(new Words(APPROVED, List.of()), Mode.WORK);
            }
        }
    }

    private static Words joined(List<Words> words) {
        return new Words(
                words.stream().map(Words::text).collect(Collectors.joining("\n\n")),
                words.stream().flatMap(each -> each.images().stream()).toList());
    }

    private TurnResult turn(Words words, Mode mode) {
        TurnRequest request = new TurnRequest(sitting.target(), mode.of(words.text()), words.images());
        return turn(listener -> sitting.agent().run(request, listener, parking, said));
    }

    private interface Turning {
        TurnResult result(TurnView listener);
    }

    private TurnResult turn(Turning turning) {
        view.begins(sitting.model());
        try {
            TurnResult result = turning.result(view);
            sitting.goOnWith(Optional.of(result.session()));
            view.ended(result);
            if (result.duration().compareTo(LONG) > 0) {
                page.call("Fettle: " + result.outcome().status().word());
            }
            return result;
        } finally {
            view.over();
        }
    }

    /// Stops what is under way.
    ///
    /// @return whether there was anything
    public boolean interrupt() {
        Optional<Thread> interrupted = working;
        interrupted.ifPresent(Thread::interrupt);
        return interrupted.isPresent();
    }

    /// Stops what is under way so that it can be gone on with later, and waits until it has.
    public void park() throws InterruptedException {
        parking.request();
        interrupt();
        long until = System.nanoTime() + PATIENCE.toNanos();
        synchronized (this) {
            for (long left = until - System.nanoTime(); isBusy() && left > 0; left = until - System.nanoTime()) {
                wait(Math.max(1, Duration.ofNanos(left).toMillis()));
            }
        }
    }
}
