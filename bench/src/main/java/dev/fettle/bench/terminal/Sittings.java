package dev.fettle.bench.terminal;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.usage.Usage;
import dev.fettle.testkit.server.FakeModelServer;
import dev.fettle.testkit.server.Fault;
import dev.fettle.testkit.server.Recorded;
import dev.fettle.testkit.server.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A sitting of the packaged program in a real terminal: what it takes while nothing happens, how soon a key is on the
/// screen while an answer streams, and how much memory many turns leave behind.
public final class Sittings {
    private static final int KEYS = 200;
    private static final int TURNS = 1_000;
    private static final int TURNS_OF_A_SESSION = 20;
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Usage USAGE = new Usage(100, 0, 0, 10, 0);

    private Sittings() {}

    /// Measures and prints.
    ///
    /// @param arguments the package's directory
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path program = Path.of(arguments[0]).toAbsolutePath();
        Path home = Files.createTempDirectory("fettle-sittings-");
        try (FakeModelServer server = FakeModelServer.deciding(Sittings::step).lean();
                ControlledTmux terminal = ControlledTmux.running(program, home, server.anthropicBase())) {
            terminal.enter("go");
            terminal.await("1 step");
            TimeUnit.SECONDS.sleep(5);
            Duration before = terminal.cpu();
            TimeUnit.SECONDS.sleep(IDLE.toSeconds());
            double idle = 100.0 * terminal.cpu().minus(before).toMillis() / IDLE.toMillis();
            System.out.printf("idle: %.2f %% of a core%n", idle);

            terminal.enter("stream");
            terminal.await("0:03");
            List<Double> keys = new ArrayList<>();
            for (int i = 0; i < KEYS; i++) {
                keys.add(terminal.millisUntilShown((char) ('a' + i % 26)));
            }
            keys.sort(Double::compare);
            System.out.printf(
                    "key to screen while an answer streams: median %.1f ms, 95 %% below %.1f ms%n",
                    keys.get(KEYS / 2), keys.get(KEYS * 95 / 100));
            terminal.press("Escape");
            terminal.await("cancelled");
            terminal.press("C-u");

            long early = 0;
            for (int turn = 1; turn <= TURNS; turn++) {
                terminal.enter("tool " + turn);
                terminal.await("turn " + turn + " done");
                if (turn % TURNS_OF_A_SESSION == 0) {
                    terminal.enter("/clear");
                }
                if (turn == TURNS / 10) {
                    early = terminal.residentKilobytes();
                }
            }
            System.out.printf(
                    "resident after %,d turns: %,d MB, %+,d MB since turn %,d%n",
                    TURNS,
                    terminal.residentKilobytes() / 1024,
                    (terminal.residentKilobytes() - early) / 1024,
                    TURNS / 10);
        }
    }

    private static Step step(Recorded request) {
        String text = request.text();
        String last = text.substring(Math.max(0, text.lastIndexOf("\"role\":\"user\"")));
        if (last.contains("tool_result")) {
            int at = text.lastIndexOf("tool ");
            return new Step.Answer(
                    said("turn %s done".formatted(text.substring(at + 5).split("\\D", 2)[0])));
        }
        if (last.contains("tool ")) {
            ToolCall call = new ToolCall(
                    "call_" + System.nanoTime(),
                    "bash",
                    "{\"command\":\"head -c 16000 /dev/zero | tr '\\\\0' x | fold -w 79\"}");
            return new Step.Answer(
                    new ModelResponse(new Message.Assistant(List.of(call)), StopReason.TOOL_CALLS, USAGE));
        }
        return last.contains("stream")
                ? new Fault.Silence(Duration.ofMinutes(2), true, said("many words ".repeat(20_000)))
                : new Step.Answer(said("Hello."));
    }

    private static ModelResponse said(String text) {
        return new ModelResponse(new Message.Assistant(List.of(new ContentBlock.Text(text))), StopReason.END, USAGE);
    }
}
