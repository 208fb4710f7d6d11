package dev.fettle.cli.interactive;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.fettle.cli.FettleCommand;
import dev.fettle.cli.Terminal;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.text.Style;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jline.terminal.Size;
import org.jline.utils.ScreenTerminal;

/// Somebody at a terminal whose screen is kept in memory: types keys, and waits for what they bring.
final class Seat implements AutoCloseable {
    private static final int ROWS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    final Terminal host = new Terminal();
    private final ScreenTerminal.VirtualTerminal virtual;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private Style style = new Style(false);
    private Host.Flags flags = Host.Flags.NONE;

    Seat(Path directory) {
        host.directory = directory;
        host.user = Session.LOCAL_USER;
        try {
            virtual = ScreenTerminal.withTerminal("screen", "xterm-256color", 90, ROWS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Seat inColour() {
        style = new Style(true);
        return this;
    }

    /// Somewhere else than in the current directory.
    Seat in(Path workspace) {
        flags = flags.with("WORK_DIR", workspace.toString());
        return this;
    }

    Seat begin() {
        return begin(Optional.empty());
    }

    Seat begin(Optional<SessionId> session) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                exit.complete(TerminalSitting.at(
                        new TerminalSitting.Place(
                                virtual.terminal(),
                                style,
                                host,
                                flags,
                                (console, arguments) -> FettleCommand.execute(host, console, arguments),
                                host.clock),
                        session));
            } catch (RuntimeException | Error e) {
                exit.completeExceptionally(e);
            }
        });
        return await("/help says what can be typed").await(">");
    }

    /// Types keys, as the terminal sends them.
    Seat type(String keys) {
        try {
            virtual.terminal().processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Seat enter(String line) {
        return type(line + "\r");
    }

    /// Waits until the screen has a text.
    Seat await(String text) {
        while (!screen().contains(text)) {
            look();
        }
        return this;
    }

    Seat awaitNo(String text) {
        while (screen().contains(text)) {
            look();
        }
        return this;
    }

    private void look() {
        assertFalse(exit.isCompletedExceptionally(), () -> exit.exceptionNow() + "\n" + screen());
        try {
            virtual.screen().waitDirty(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Never came; the screen is:\n" + screen(), e);
        }
    }

    /// Before it begins: what the screen in memory has when it is resized is not what a terminal would have.
    Seat wide(int columns) {
        virtual.screen().setSize(Size.of(columns, ROWS));
        virtual.terminal().setSize(Size.of(columns, ROWS));
        return this;
    }

    /// As if time had passed.
    Seat later() {
        host.clock.advance(Duration.ofSeconds(5));
        return this;
    }

    String screen() {
        return virtual.screen()
                .toString()
                .lines()
                .map(String::stripTrailing)
                .reduce("", (all, line) -> all + line + "\n");
    }

    /// Waits for the end of the sitting.
    int end() {
        return exit.join();
    }

    /// Leaves, and waits until the sitting writes nothing more. One that still asks something does not end.
    @Override
    public void close() {
        if (exit.isDone()) {
            return;
        }
        type("\u0015\u0004");
        try {
            exit.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // What was to be shown has been.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
