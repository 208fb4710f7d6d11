package dev.fettle.cli.turn;

import dev.fettle.cli.render.Console;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.Question;
import dev.fettle.core.permission.Scope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.SynchronousQueue;

/// Asks the person at the keyboard.
public final class TerminalApprover implements Approver {
    private final Console console;
    private final SynchronousQueue<Optional<String>> lines = new SynchronousQueue<>();
    private final BufferedReader keyboard;

    public TerminalApprover(Console console) {
        this.console = console;
        this.keyboard = new BufferedReader(new InputStreamReader(console.in(), Charset.defaultCharset()));
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
        while (true) {
            console.err()
                    .print(console.style().yellow("? ") + question.permission().describe() + System.lineSeparator()
                            + (question.reason().isEmpty() ? "" : "  " + question.reason() + System.lineSeparator())
                            + "  allow? " + choices(question) + ", or say what to do instead: ");
            console.err().flush();
            Optional<String> line = readLine();
            if (line.isEmpty()) {
                return new Answer.Nobody("The input ended before the question was answered.");
            }
            String answer = line.get().strip();
            Optional<Scope> scope = scope(answer);
            if (scope.isPresent() && question.scopes().contains(scope.get())) {
                return new Answer.Yes(scope.get());
            }
            if (scope.isPresent()) {
                console.err().println("  A yes to this holds once only.");
            } else if (!answer.isEmpty()) {
                return no(answer);
            }
        }
    }

    private static String choices(Question question) {
        List<String> choices = new ArrayList<>(List.of("[y]es"));
        for (Scope scope : question.scopes()) {
            switch (scope) {
                case ONCE -> {}
                case SESSION -> choices.add("yes for this [s]ession");
                case PROJECT -> choices.add("this [p]roject");
                case ALWAYS -> choices.add("[a]lways");
            }
        }
        choices.add("[n]o");
        return String.join(", ", choices);
    }

    private static Optional<Scope> scope(String answer) {
        return switch (answer.toLowerCase(Locale.ROOT)) {
            case "y", "yes" -> Optional.of(Scope.ONCE);
            case "s", "session" -> Optional.of(Scope.SESSION);
            case "p", "project" -> Optional.of(Scope.PROJECT);
            case "a", "always" -> Optional.of(Scope.ALWAYS);
            default -> Optional.empty();
        };
    }

    private static Answer no(String answer) {
        return Set.of("n", "no").contains(answer.toLowerCase(Locale.ROOT))
                ? new Answer.No("The user said no.")
                : new Answer.No("The user said instead: " + answer);
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
