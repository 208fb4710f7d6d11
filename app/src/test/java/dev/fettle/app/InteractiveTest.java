package dev.fettle.app;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.server.FakeModelServer;
import dev.fettle.testkit.server.Fault;
import dev.fettle.testkit.server.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The program as it is, in a real terminal.
@Timeout(120)
class InteractiveTest {
    private static final Step NEVER = new Fault.Silence(
            Duration.ofMinutes(5), true, text("It begins, and then it hangs for what seems a long while, or for ever"));

    /// A command line like no other.
    private static final String MARK = "--max-steps=6173";

    @TempDir
    private Path directory = Path.of("");

    private Installation fettle;

    @BeforeEach
    void install() {
        fettle = new Installation(directory);
    }

    private Tmux terminal(FakeModelServer server) throws IOException, InterruptedException {
        return terminal(directory, fettle, server);
    }

    /// A terminal in the project of an installation, where `$FETTLE` is the program.
    static Tmux terminal(Path directory, Installation fettle, FakeModelServer server)
            throws IOException, InterruptedException {
        Path script = Files.writeString(directory.resolve("fettle"), """
                #!/bin/bash
                exec "%s" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \\
                  -Dfettle.terminals=012 -cp "%s" %s "$@"
                """.formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        Main.class.getName()));
        assertTrue(script.toFile().setExecutable(true));
        Map<String, String> environment = new HashMap<>(fettle.withAnthropic(server).environment);
        environment.put("FETTLE", script.toString());
        return new Tmux(directory.resolve("tmux"), fettle.project, environment);
    }

    @Test
    void aSittingFromTheFirstWordToTheLast() throws Exception {
        Files.writeString(fettle.project.resolve("Cart.java"), "class Cart {\n    int total = 1;\n}\n");
        String edit = "{\"path\":\"Cart.java\",\"edits\":[{\"old\":\"total = 1\",\"new\":\"total = 2\"}]}";
        try (FakeModelServer server = FakeModelServer.script(
                        new Step.Answer(calls(call("read", "{\"path\":\"Cart.java\"}"))),
                        new Step.Answer(calls(call("edit", edit))),
                        new Step.Answer(text("The **total** is 日本語 👩‍👩‍👧 now.\n")),
                        NEVER,
                        new Step.Answer(text("Pasted.\n")));
                Tmux terminal = terminal(server)) {
            terminal.enter("$FETTLE").await("/help says what can be typed").enter("mend the cart");
            terminal.await("The total is 日本語").awaitNo("esc interrupts");
            assertTrue(terminal.screen().contains("+     int total = 2;"), terminal.screen());

            terminal.enter("hang")
                    .await("It begins")
                    .type("half a line")
                    .press("Escape")
                    .await("✗ cancelled");
            terminal.await("> half a line").press("C-c").awaitNo("half a line");

            terminal.type("stop here").press("C-z").await("Stopped").enter("fg").await("> stop here");
            terminal.resize(40)
                    .type("!")
                    .await("> stop here!")
                    .resize(90)
                    .type("!")
                    .await("> stop here!!");
            terminal.press("C-u").awaitNo("here!!");

            Path lines = Files.writeString(
                    directory.resolve("lines"),
                    IntStream.range(0, 10_000).mapToObj("line %d\n"::formatted).collect(Collectors.joining()));
            terminal.paste(lines).await("[pasted 10,000 lines]").press("Enter").await("Pasted.");
            assertTrue(server.requests().getLast().text().contains("line 9999"));

            terminal.enter("exit").await("Go on with: fettle --resume ses_");
            String all = terminal.scrollback();
            assertEquals(1, all.split("The total is", -1).length - 1, all);
            assertFalse(all.contains("Exception"), all);
        }
    }

    @Test
    void aTurnWhoseWindowIsClosedGoesOnLater() throws Exception {
        try (FakeModelServer server = FakeModelServer.script(NEVER, new Step.Answer(text("done after all")));
                Tmux terminal = terminal(server)) {
            terminal.enter("$FETTLE " + MARK)
                    .await("/help says")
                    .enter("long work")
                    .await("It begins");
            terminal.closeWindow();
            awaitGone();

            assertEquals(0, fettle.type("run", "--continue"), fettle.err);
            assertEquals("done after all\n", fettle.out);
            assertEquals(2, server.requests().size());
        }
    }

    /// The process has gone, and has left the turn open.
    private void awaitGone() {
        while (ProcessHandle.allProcesses()
                .anyMatch(each -> each.info().commandLine().orElse("").endsWith(MARK))) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aDirectoryThatIsDeletedUnderneathIsSaidAndTheSittingGoesOn() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        String gone = "The directory %s is gone. Put it back, or leave and work in another one"
                .formatted(fettle.project.toRealPath());
        try (FakeModelServer server = FakeModelServer.deciding(_ -> switch (asked.incrementAndGet()) {
                    case 1 -> new Step.Answer(text("one"));
                    case 2 -> {
                        assertTrue(fettle.project.toFile().delete());
                        yield new Step.Answer(calls(call("bash", "{\"command\":\"echo here\"}"), call("ls", "{}")));
                    }
                    default -> new Step.Answer(text("back again"));
                });
                Tmux terminal = terminal(server)) {
            terminal.enter("$FETTLE").await("/help says").enter("hi").await("1 step");
            terminal.enter("and now")
                    .await("✗ bash echo here")
                    .await("✗ ls")
                    .await("✗ failed")
                    .awaitNo("esc interrupts");
            assertTrue(terminal.scrollback().contains(gone), terminal.scrollback());
            terminal.enter("still there?").await("0 steps").awaitNo("esc interrupts");
            terminal.enter("!ls").await("There is no directory");
            terminal.enter("/status").await("version").type("@").press("Tab").press("C-u");
            assertEquals(2, asked.get());
            Files.createDirectory(fettle.project);
            terminal.enter("once more").await("back again").awaitNo("esc interrupts");
            terminal.enter("exit").await("Go on with: fettle --resume ses_");

            String all = terminal.scrollback();
            for (String never : List.of("Exception", "Make space", "Cannot run the command")) {
                assertFalse(all.contains(never), all);
            }
        }
    }

    @Test
    void withoutGitATurnIsDoneAndUndoneAllTheSame() throws Exception {
        Path programs = Files.createDirectory(directory.resolve("bin"));
        for (String each : List.of("bash", "kill")) {
            Path script = Files.writeString(programs.resolve(each), "#!/bin/sh\nexec /bin/%s \"$@\"\n".formatted(each));
            assertTrue(script.toFile().setExecutable(true));
        }
        fettle.environment.put("PATH", programs.toString());
        Path written = fettle.project.resolve("a.txt");
        try (FakeModelServer server = FakeModelServer.script(
                        new Step.Answer(calls(call("write", "{\"path\":\"a.txt\",\"content\":\"a\"}"))),
                        new Step.Answer(text("one")));
                Tmux terminal = terminal(server)) {
            terminal.enter("$FETTLE").await("/help says").enter("hi").await("2 steps");
            assertTrue(Files.exists(written));
            terminal.awaitNo("esc interrupts").enter("/undo").await("Took back turn 1: hi");
            assertFalse(Files.exists(written));
            terminal.enter("/diff")
                    .await("Nothing was changed")
                    .enter("exit")
                    .await("Go on with: fettle --resume ses_");

            assertFalse(terminal.scrollback().contains("Exception"), terminal.scrollback());
        }
    }

    @Test
    void aDumbTerminalGetsPlainLines() throws Exception {
        try (FakeModelServer server = FakeModelServer.answering(text("**plain** words"));
                Tmux terminal = terminal(server)) {
            terminal.enter("TERM=dumb $FETTLE")
                    .await("\n>")
                    .enter("hi")
                    .await("**plain** words")
                    .await("completed");
            terminal.enter("exit").await("$ ");

            assertFalse(terminal.screen().contains("shift-tab"), terminal.screen());
        }
    }

    @Test
    void aPipeGetsTheAnswersAlone() throws Exception {
        try (FakeModelServer server = FakeModelServer.answering(text("one"), text("two"))) {
            fettle.withAnthropic(server).stdin = "first\nsecond\n";

            assertEquals(0, fettle.type());
            assertEquals("one\ntwo\n", fettle.out);
        }
    }
}
