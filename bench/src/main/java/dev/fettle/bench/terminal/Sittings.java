package dev.fettle.bench.terminal;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.usage.Usage;
import dev.fettle.testkit.server.FakeModelServer;
import dev.fettle.testkit.server.Recorded;
import dev.fettle.testkit.server.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A sitting of the packaged program in a real terminal: what it takes while nothing happens, how soon a key is on the
/// screen while an answer streams, and how much memory many turns leave behind.
public final class Sittings {
    private static final String TALK = "talk without end";
    private static final String PRINT = "print sixteen kilobytes";
    private static final int KEYS = 200;
    // A fast typist, and out of step with the answer's tokens.
    private static final long BETWEEN_KEYS_MS = 37;
    // Two lots in turn: a repaint of the line before it was cleared has none of the next.
    private static final List<String> LETTERS = List.of("ABCDEFGHIJKLM", "NOPQRSTUVWXYZ");
    private static final int TURNS = 1_000;
    private static final int TURNS_OF_A_SESSION = 20;
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Usage USAGE = new Usage(100, 0, 0, 10, 0);

    private Sittings() {}

    /// Measures and prints.
    ///
    /// @param arguments the package's directory, and an empty one to work in
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path program = Path.of(arguments[0]).toAbsolutePath();
        Path home = Path.of(arguments[1]).toAbsolutePath();
        try (FakeModelServer server = FakeModelServer.deciding(Sittings::step).lean();
                ControlledTmux terminal = ControlledTmux.running(program, home, server.anthropicBase())) {
            terminal.enter("go");
            terminal.await("1 step");
            TimeUnit.SECONDS.sleep(5);
            Duration before = terminal.cpu();
            TimeUnit.SECONDS.sleep(IDLE.toSeconds());
            double idle = 100.0 * terminal.cpu().minus(before).toMillis() / IDLE.toMillis();
            System.out.printf("idle: %.2f %% of a core%n", idle);

            terminal.enter(TALK);
            terminal.await("many words");
            List<Double> keys = new ArrayList<>();
            while (keys.size() < KEYS) {
                for (String letters : LETTERS) {
                    for (int i = 0; i < letters.length(); i++) {
                        TimeUnit.MILLISECONDS.sleep(BETWEEN_KEYS_MS);
                        keys.add(terminal.millisUntilShown(letters.charAt(i)));
                    }
                    terminal.press("C-u");
                }
            }
            keys.sort(Double::compare);
            System.out.printf(
                    "key to screen while an answer streams: median %.1f ms, 95 %% below %.1f ms%n",
                    keys.get(keys.size() / 2), keys.get(keys.size() * 95 / 100));
            terminal.press("Escape");
            terminal.await("cancelled");

            long atFirst = terminal.residentKilobytes();
            long early = 0;
            for (int turn = 1; turn <= TURNS; turn++) {
                terminal.enter(PRINT);
                terminal.await("2 steps");
                if (turn % TURNS_OF_A_SESSION == 0) {
                    // It has said that the turn is over a moment before it is.
                    TimeUnit.MILLISECONDS.sleep(100);
                    terminal.enter("/clear");
                    terminal.await("begins a new session");
                }
                if (turn == TURNS / 10) {
                    early = terminal.residentKilobytes();
                }
            }
            System.out.printf(
                    "resident: %,d MB before the first turn with output, %,d MB after %,d, %,d MB after %,d%n",
                    atFirst / 1024, early / 1024, TURNS / 10, terminal.residentKilobytes() / 1024, TURNS);
        }
    }

    private static Step step(Recorded request) {
        String text = request.text();
        // With all that follows the messages in a request, among it that it wants a stream.
        String last = text.substring(Math.max(0, text.lastIndexOf("\"role\":\"user\"")));
        if (last.contains("tool_result")) {
            return new Step.Answer(said("Printed."));
        }
        if (last.contains(PRINT)) {
            ToolCall call = new ToolCall(
                    "call_" + System.nanoTime(),
                    "bash",
                    "{\"command\":\"head -c 16000 /dev/zero | tr '\\\\0' x | fold -w 79\"}");
            return new Step.Answer(
                    new ModelResponse(new Message.Assistant(List.of(call)), StopReason.TOOL_CALLS, USAGE));
        }
        return last.contains(TALK)
                ? new Step.Paced(
                        new ModelResponse(
                                new Message.Assistant(Collections.nCopies(
                                        2_000, new ContentBlock.Text("so many words that take a while "))),
                                StopReason.END,
                                USAGE),
                        Duration.ofMillis(20))
                : new Step.Answer(said("Hello."));
    }

    private static ModelResponse said(String text) {
        return new ModelResponse(new Message.Assistant(List.of(new ContentBlock.Text(text))), StopReason.END, USAGE);
    }
}
