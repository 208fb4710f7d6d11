package dev.fettle.cli.turn;

import dev.fettle.cli.render.Console;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.Question;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.SynchronousQueue;

/// Asks the person at the keyboard.
public final class TerminalApprover implements Approver {
    private static final Set<String> NO = Set.of("n", "no");

    private final Console console;
    private final SynchronousQueue<Optional<String>> lines = new SynchronousQueue<>();
    private final BufferedReader keyboard;

    public TerminalApprover(Console console) {
        this(console, new BufferedReader(new InputStreamReader(console.in(), Charset.defaultCharset())));
    }

    /// One that reads from where others read too.
    public TerminalApprover(Console console, BufferedReader keyboard) {
        this.console = console;
        this.keyboard = keyboard;
    }

    /// The approver for a run: everything with `--yes`, a person where there is one, else nobody.
    public static Approver choose(boolean yes, Console console) {
        if (yes) {
            return Approver.YES;
        }
        return console.isInTerminal() && console.isErrTerminal()
                ? new TerminalApprover(console)
                : question -> new Answer.Nobody(
                        (question.reason() + " Nobody can be asked here; run with --yes to approve.").strip());
    }

    @Override
    public Answer ask(Question question) throws InterruptedException {
        Choices choices = new Choices(question);
        while (true) {
            console.err()
                    .print(console.style().yellow("? ") + question.permission().describe() + System.lineSeparator()
                            + (question.reason().isEmpty() ? "" : "  " + question.reason() + System.lineSeparator())
                            + "  allow? " + choices + ", or say what to do instead: ");
            console.err().flush();
            Optional<String> line = readLine();
            if (line.isEmpty()) {
                return new Answer.Nobody("The input ended before the question was answered.");
            }
            String answer = line.get().strip();
            Optional<Answer> yes = choices.yes(answer);
            if (yes.isPresent()) {
                return yes.get();
            }
            if (Choices.scope(answer).isPresent()) {
                console.err().println("  A yes to this holds once only.");
            } else if (!answer.isEmpty()) {
                return Choices.no(NO.contains(answer.toLowerCase(Locale.ROOT)) ? "" : answer);
            }
        }
    }

    /// A read from the keyboard cannot be interrupted, so a thread of its own does it and is left behind on cancel.
    private Optional<String> readLine() throws InterruptedException {
        Thread.ofPlatform().daemon().name("keyboard").start(() -> {
            try {
                lines.put(Optional.ofNullable(keyboard.readLine()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return lines.take();
    }
}
