package dev.fettle.cli;

import dev.fettle.cli.render.Console;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.Permission;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;

/// Asks the person at the keyboard.
final class TerminalApprover implements Approver {
    private final Console console;
    private final SynchronousQueue<Optional<String>> lines = new SynchronousQueue<>();
    private final BufferedReader keyboard;
    private boolean isAlways;

    TerminalApprover(Console console) {
        this.console = console;
        this.keyboard = new BufferedReader(new InputStreamReader(console.in(), Charset.defaultCharset()));
    }

    /// The approver for a run: everything with `--yes`, a person where there is one, else nobody.
    static Approver choose(boolean yes, Console console) {
        if (yes) {
            return Approver.YES;
        }
        return console.isInTerminal() && console.isErrTerminal()
                ? new TerminalApprover(console)
                : (_, reason) ->
                        new Answer.Nobody((reason + " Nobody can be asked here; run with --yes to approve.").strip());
    }

    @Override
    public Answer ask(Permission permission, String reason) throws InterruptedException {
        if (isAlways) {
            return new Answer.Yes();
        }
        while (true) {
            console.err()
                    .print(console.style().yellow("? ") + permission.describe() + System.lineSeparator()
                            + (reason.isEmpty() ? "" : "  " + reason + System.lineSeparator())
                            + "  allow? [y]es, [n]o, [a]lways in this run, or say what to do instead: ");
            console.err().flush();
            Optional<String> line = readLine();
            if (line.isEmpty()) {
                return new Answer.Nobody("The input ended before the question was answered.");
            }
            String answer = line.get().strip();
            switch (answer.toLowerCase(Locale.ROOT)) {
                case "" -> {}
                case "y", "yes" -> {
                    return new Answer.Yes();
                }
                case "a", "always" -> {
                    isAlways = true;
                    return new Answer.Yes();
                }
                case "n", "no" -> {
                    return new Answer.No("The user said no.");
                }
                default -> {
                    return new Answer.No("The user said instead: " + answer);
                }
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
