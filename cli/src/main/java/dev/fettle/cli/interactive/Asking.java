package dev.fettle.cli.interactive;

import dev.fettle.cli.interactive.live.LiveReader;
import dev.fettle.cli.interactive.talk.Talk;
import dev.fettle.cli.text.Printable;
import dev.fettle.cli.text.Style;
import dev.fettle.cli.turn.Choices;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.Question;
import dev.fettle.core.permission.Scope;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Puts questions to the user, which a single key answers. Keys of the first moment are no answer: they were meant for
/// the line that was being typed.
final class Asking implements Approver, Talk.PlanApproval {
    private static final long MOMENT_MS = 400;

    private final LiveReader reader;
    private final Supplier<List<ToolCall>> open;
    private final InstantSource clock;
    private final Runnable interrupt;
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private Optional<String> mark = Optional.empty();
    private boolean isReasonWanted;

    /// @param open the calls that may be asked about
    /// @param interrupt what Escape does
    Asking(LiveReader reader, Supplier<List<ToolCall>> open, InstantSource clock, Runnable interrupt) {
        this.reader = reader;
        this.open = open;
        this.clock = clock;
        this.interrupt = interrupt;
    }

    /// What the line begins with while something is asked.
    synchronized Optional<String> mark() {
        return mark;
    }

    @Override
    public Answer ask(Question question) throws InterruptedException {
        Style style = reader.style();
        List<String> lines = new ArrayList<>();
        List<String> what =
                Printable.of(question.permission().describe()).lines().toList();
        lines.add(style.yellow("? ") + style.bold(what.getFirst()));
        what.stream().skip(1).map(line -> "  " + style.bold(line)).forEach(lines::add);
        lines.addAll(new ChangePreview(style, reader.width()).of(question.permission(), open.get()));
        if (!question.reason().isEmpty()) {
            lines.add(style.dim("  " + Printable.of(question.reason())));
        }
        reader.lines(lines);
        reader.call("Fettle asks for an approval");
        Choices choices = new Choices(question);
        Answer answer = put("allow? " + choices, key -> choices.yes(key).ifPresent(answers::add), true);
        reader.line(style.dim("  " + told(answer)));
        return answer;
    }

    private static String told(Answer answer) {
        return switch (answer) {
            case Answer.Yes yes ->
                switch (yes.scope()) {
                    case ONCE -> "yes, this once";
                    case SESSION -> "yes, for this session";
                    case PROJECT -> "yes, for this project";
                    case ALWAYS -> "yes, always";
                };
            case Answer.No no -> "no: " + Printable.of(no.reason());
            case Answer.Nobody _, Answer.Later _ -> "no answer";
        };
    }

    @Override
    public boolean isGiven() throws InterruptedException {
        reader.call("Fettle has a plan");
        return put("carry out this plan? [y]es, [n]o", this::decide, false) instanceof Answer.Yes;
    }

    private void decide(String key) {
        switch (key) {
            case "y" -> answers.add(new Answer.Yes(Scope.ONCE));
            case "n" -> answers.add(Choices.no(""));
            default -> reader.beep();
        }
    }

    private Answer put(String question, Consumer<String> keys, boolean asksWhy) throws InterruptedException {
        answers.clear();
        long shown = clock.millis();
        mark(Optional.of(reader.style().yellow(question.strip() + " ")));
        reader.ask(key -> {
            String letter = key.toLowerCase(Locale.ROOT);
            if (key.equals("\u001b")) {
                interrupt.run();
            } else if (clock.millis() - shown < MOMENT_MS) {
                reader.beep();
            } else if (asksWhy && letter.equals("n")) {
                askWhy();
            } else {
                keys.accept(letter);
            }
        });
        try {
            return answers.take();
        } finally {
            mark(Optional.empty());
            reason(false);
            reader.answered(true);
        }
    }

    private void askWhy() {
        mark(Optional.of(reader.style().yellow("what instead? (enter: just no) ")));
        reason(true);
        reader.answered(false);
    }

    private synchronized void mark(Optional<String> shown) {
        mark = shown;
    }

    private synchronized void reason(boolean isWanted) {
        isReasonWanted = isWanted;
    }

    /// Takes a line if it is the reason for a no.
    ///
    /// @return whether it was
    synchronized boolean takes(String line) {
        if (isReasonWanted) {
            isReasonWanted = false;
            answers.add(Choices.no(line));
            return true;
        }
        return false;
    }
}
