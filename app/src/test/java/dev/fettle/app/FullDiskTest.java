package dev.fettle.app;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fettle.testkit.server.FakeModelServer;
import dev.fettle.testkit.server.Step;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of a turn when the disk with Fettle's home is full, and afterwards. The disk is a small one of its own.
@Timeout(120)
class FullDiskTest {
    @TempDir
    private Path directory = Path.of("");

    private Installation fettle;

    @BeforeEach
    void install() throws Exception {
        fettle = new Installation(directory);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=4m", "none", fettle.home.toString()),
                "Only root can have a small disk, and not in every container");
        Files.writeString(fettle.project.resolve("greeting.txt"), "hello\n");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", fettle.home.toString());
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Path filler() {
        return fettle.home.resolve("filler");
    }

    /// To the last byte.
    private void fill() {
        for (int piece = 65_536; piece > 0; piece /= 16) {
            try (OutputStream out = new FileOutputStream(filler().toFile(), true)) {
                while (true) {
                    out.write(new byte[piece]);
                }
            } catch (IOException e) {
                assertTrue(String.valueOf(e.getMessage()).contains("No space left"), e::toString);
            }
        }
    }

    /// Reads the greeting, then says more than there is space for, and from then on little.
    private Step filling(AtomicInteger asked) {
        return switch (asked.incrementAndGet()) {
            case 1 -> new Step.Answer(calls(call("read", "{\"path\":\"greeting.txt\"}")));
            case 2 -> {
                fill();
                yield new Step.Answer(text("It says hello. " + "x".repeat(300_000)));
            }
            default -> new Step.Answer(text("done after all"));
        };
    }

    private List<String> exported() {
        assertEquals(0, fettle.type("sessions", "export", "latest"), fettle.err);
        return fettle.out.lines().toList();
    }

    @Test
    void aDiskThatFillsUpInATurnCostsNothingThatWasKept() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (FakeModelServer server = FakeModelServer.deciding(_ -> filling(asked))) {
            Path output = directory.resolve("output");
            assertNotEquals(
                    0,
                    fettle.withAnthropic(server)
                            .start(output, "run", "what does it say?")
                            .waitFor());
            String said = Files.readString(output);
            assertTrue(said.contains("The disk is full: nothing more fits into "), said);
            assertTrue(said.contains("Free some space."), said);
            assertFalse(said.contains("\tat "), said);

            List<String> kept = exported();
            assertTrue(kept.getLast().contains("\"type\":\"tool_finished\""), kept::toString);

            Files.delete(filler());
            assertEquals(0, fettle.type("run", "--continue"), fettle.err);
            assertEquals("done after all\n", fettle.out);
            assertEquals(kept, exported().subList(0, kept.size()));
        }
    }

    @Test
    void aSittingGoesOnOnceThereIsSpaceAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (FakeModelServer server = FakeModelServer.deciding(_ -> filling(asked));
                Tmux terminal = InteractiveTest.terminal(directory, fettle, server)) {
            terminal.enter("$FETTLE")
                    .await("/help says")
                    .enter("what does it say?")
                    .await("The disk is full");
            terminal.awaitNo("esc interrupts").enter("/status").await("version");
            Files.delete(filler());
            terminal.enter("again").await("done after all").awaitNo("esc interrupts");
            terminal.enter("exit").await("Go on with: fettle --resume ses_");

            assertFalse(terminal.scrollback().contains("Exception"), terminal.scrollback());
        }
    }

    @Test
    void aTreeThatDoesNotFitCostsTheTurnItsUndoAndNothingElse() throws IOException {
        byte[] noise = new byte[8 << 20];
        new Random(1).nextBytes(noise);
        Path large = Files.write(fettle.project.resolve("large"), noise);
        Path written = fettle.project.resolve("a.txt");
        try (FakeModelServer server = FakeModelServer.answering(
                calls(call("write", "{\"path\":\"a.txt\",\"content\":\"a\"}")),
                text("Written."),
                calls(call("write", "{\"path\":\"b.txt\",\"content\":\"b\"}")),
                text("Written."))) {
            assertEquals(0, fettle.withAnthropic(server).type("run", "write a"), fettle.err);
            assertTrue(fettle.err.contains("! this turn cannot be undone: Cannot keep snapshots in "), fettle.err);
            assertTrue(fettle.err.contains("no space left on device"), fettle.err);
            assertTrue(Files.exists(written));

            Files.delete(large);
            assertEquals(0, fettle.type("run", "--continue", "write b"), fettle.err);
            assertFalse(fettle.err.contains("cannot be undone"), fettle.err);
            assertEquals(0, fettle.type("undo"), fettle.err);
            assertFalse(Files.exists(fettle.project.resolve("b.txt")));
            assertTrue(Files.exists(written));
        }
    }
}
