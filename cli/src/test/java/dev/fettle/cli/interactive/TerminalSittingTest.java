package dev.fettle.cli.interactive;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.Message;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Session;
import dev.fettle.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class TerminalSittingTest {
    private static final String ESC = "\u001b";
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    private static final String CTRL_O = "\u000f";
    private static final String CTRL_U = "\u0015";
    private static final String SHIFT_TAB = "\u001b[Z";

    @TempDir
    private Path directory = Path.of("");

    private Seat seat;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @BeforeEach
    void sitDown() {
        seat = new Seat(directory);
    }

    @AfterEach
    void standUp() {
        goOn.countDown();
        seat.close();
    }

    private Seat answering(ModelResponse... answers) {
        seat.host.model = ScriptedModel.answering(answers);
        return seat.begin();
    }

    /// A first answer that does not come before it is let.
    private Seat held(ModelResponse first, ModelResponse... others) throws InterruptedException {
        List<ScriptedModel.Step> script = new ArrayList<>();
        script.add(_ -> {
            asked.countDown();
            goOn.await();
            return first;
        });
        for (ModelResponse each : others) {
            script.add(_ -> each);
        }
        seat.host.model = new ScriptedModel(script);
        seat.begin().enter("work").await("esc interrupts");
        asked.await();
        return seat;
    }

    private Message lastHeard() {
        return seat.host.model.requests().getLast().messages().getLast();
    }

    private static Message.User user(String text) {
        return new Message.User(text, List.of());
    }

    @Test
    void whatIsSaidIsAnsweredAboveTheLine() {
        answering(text("Hello, you.")).enter("hi").await("1 step");

        assertEquals(
                """
                Fettle 1.2.3 · test/model
                %s
                note: a note
                /help says what can be typed; exit leaves.

                > hi

                Hello, you.
                  1 step · 110 tokens · price unknown · 0.0 s

                >
                  model · context 11 %% · $0.0000 · shift-tab plans · /help
                """.formatted(directory),
                seat.awaitNo("esc interrupts").screen().stripTrailing() + "\n");
    }

    @Test
    void aSecondTurnGoesOnWithTheSession() {
        answering(text("one"), text("two"))
                .enter("first")
                .await("1 step")
                .enter("second")
                .await("two");

        assertEquals(3, seat.host.model.requests().getLast().messages().size());
        assertEquals(1, seat.host.sessions.list().size());
    }

    @Test
    void escapeStopsTheTurnAndKeepsWhatIsTyped() throws InterruptedException {
        held(text("never")).type("half a li").await("half a li").type(ESC);

        seat.await("✗ cancelled").await("> half a li");
    }

    @Test
    void ctrlCStopsTheTurnAndTwiceLeaves() throws InterruptedException {
        held(text("never")).type(CTRL_C);

        seat.await("✗ cancelled")
                .awaitNo("esc interrupts")
                .later()
                .type(CTRL_C)
                .await("Ctrl-C again leaves")
                .type(CTRL_C);

        assertEquals(0, seat.end());
    }

    @Test
    void ctrlCClearsTheLine() {
        answering().later().type("rubbish").await("rubbish").type(CTRL_C).awaitNo("rubbish");
    }

    @Test
    void ctrlDLeavesAnEmptyLineOnly() {
        answering()
                .type("a")
                .await("> a")
                .type(CTRL_D)
                .type("b")
                .await("> ab")
                .type(CTRL_U)
                .type(CTRL_D);

        assertEquals(0, seat.end());
    }

    @Test
    void exitLeaves() {
        answering().enter("exit");

        assertEquals(0, seat.end());
    }

    @Test
    void whoLeavesIsToldHowToComeBackToWhereItWas() {
        seat.wide(200).in(directory.resolve("else where"));
        answering(text("one")).enter("hi").await("1 step").enter("exit");
        seat.end();

        String line = "Go on with: fettle -C '%s' --resume ses_".formatted(directory.resolve("else where"));
        assertTrue(seat.screen().contains(line), seat::screen);
    }

    @Test
    void leavingWhileTheAgentWorksParksTheTurnWhichGoesOnWhenItIsResumed() throws InterruptedException {
        held(text("never")).type(CTRL_D);
        assertEquals(0, seat.end());
        Session parked = seat.host.sessions.list().getFirst();
        assertTrue(Conversation.of(seat.host.sessions.history(parked.id())).isTurnOpen());

        Seat next = new Seat(directory);
        next.host.sessions = seat.host.sessions;
        next.host.model = ScriptedModel.answering(text("done after all"));
        next.begin(Optional.of(parked.id())).await("had not ended").await("done after all");

        assertEquals(
                user("work"), next.host.model.requests().getLast().messages().getLast());
        next.close();
    }

    @Test
    void whatIsTypedWhileTheAgentWorksIsHeardBeforeItsNextStep() throws InterruptedException {
        held(calls(call("echo", "{\"text\":\"x\"}")), text("in blue it is"))
                .enter("in blue")
                .await("» in blue");
        goOn.countDown();
        seat.await("allow?").later().type("y").await("in blue it is");

        assertEquals(user("in blue"), lastHeard());
        assertFalse(seat.screen().contains("»"));
    }

    @Test
    void whatNoStepHasHeardBeginsTheNextTurn() throws InterruptedException {
        held(text("first done"), text("second done")).enter("then this");
        seat.await("» then this");
        goOn.countDown();

        seat.await("second done");
        assertEquals(user("then this"), lastHeard());
    }

    @Test
    void aKeyApproves() {
        answering(calls(call("echo", "{\"text\":\"x\"}")), text("ran"))
                .enter("work")
                .await("? run: echo x");

        seat.await("There is no sandbox").await("allow? [y]es").later().type("y");

        seat.await("yes, this once").await("● echo x · 1 line [1]").await("ran");
    }

    @Test
    void aNoHasAReasonForTheModel() {
        answering(calls(call("echo", "{\"text\":\"x\"}")), text("else then"))
                .enter("work")
                .await("allow?")
                .later()
                .type("n")
                .await("what instead?")
                .enter("use make")
                .await("else then");

        assertTrue(lastHeard().toString().contains("The user said instead: use make"), lastHeard()::toString);
    }

    @Test
    void keysOfTheFirstMomentAreNoAnswerAndTheLineBegunComesBack() throws InterruptedException {
        held(calls(call("echo", "{\"text\":\"x\"}")), text("ran"));
        seat.type("yes, and").await("> yes, and");
        goOn.countDown();
        seat.await("allow?")
                .type("y\u001b[200~y\u001b[201~")
                .await("[n]o y")
                .later()
                .type("y")
                .await("ran");

        seat.await("> yes, andy");
    }

    @Test
    void escapeAtAQuestionStopsTheTurn() {
        answering(calls(call("echo", "{\"text\":\"x\"}")))
                .enter("work")
                .await("allow?")
                .later()
                .type(ESC);

        seat.await("✗ cancelled").awaitNo("allow?");
    }

    @Test
    void allThatACallBroughtIsShownOnDemand() {
        String long20 =
                IntStream.rangeClosed(1, 20).mapToObj("row %d"::formatted).collect(Collectors.joining("\\n"));
        answering(calls(call("echo", "{\"text\":\"" + long20 + "\"}")), text("ran"))
                .enter("work")
                .await("allow?")
                .later()
                .type("y")
                .await("20 lines [1]")
                .await("1 step".replace("1", "2"))
                .type(CTRL_O);

        seat.await("▼ echo").await("  row 20").enter("/expand 7").await("Nothing is kept of call 7");
        seat.enter("/expand x").await("`x` is no number");
    }

    @Test
    void whatIsToBeDoneIsShownWhenItChangesAndOnDemand() {
        String list = "{\"todos\":[{\"text\":\"find it\",\"state\":\"done\"},"
                + "{\"text\":\"mend it\",\"state\":\"in_progress\"},{\"text\":\"test it\",\"state\":\"open\"}]}";
        answering(calls(call("todo", list)), text("mended"))
                .enter("/todos")
                .await("keeps no list")
                .enter("work")
                .await("2 steps");
        String shown = "  ✓ find it\n  ▸ mend it\n  ☐ test it\n";
        assertTrue(seat.screen().contains("[1]\n" + shown), seat::screen);

        seat.enter("/todos").await("> /todos\n" + shown);
    }

    @Test
    void aLargePasteIsOneWordOnTheScreenAndWholeForTheModel() {
        String pasted =
                IntStream.range(0, 10_000).mapToObj("line %d\r"::formatted).collect(Collectors.joining());
        answering(text("read")).type("\u001b[200~" + pasted.replace("line 7\r", "line\u0007 7\r") + "\u001b[201~");
        seat.await("> [pasted 10,000 lines]").enter(" sum it").await("read");

        String heard = ((Message.User) lastHeard()).text();
        assertEquals(10_001, heard.lines().count());
        assertTrue(heard.endsWith("line 9999\n sum it"), heard.substring(heard.length() - 30));
        assertTrue(heard.contains("line 7\n"));
    }

    @Test
    void aLineMayHaveSeveralLines() {
        answering(text("ok"))
                .type("one\\\rtwo\u001b\rthree")
                .await("  three")
                .enter("")
                .await("ok");

        assertEquals(user("one\ntwo\nthree"), lastHeard());
    }

    @Test
    void planModeLooksOnlyUntilThePlanIsApproved() {
        answering(text("I would do this."), text("done"))
                .type(SHIFT_TAB)
                .await("plan mode")
                .enter("do it");

        seat.await("carry out this plan?");
        assertEquals("true", seat.host.lastFlags.settings().get("READONLY_MODE"));
        assertTrue(lastHeard().toString().contains("Plan mode: look only"));

        seat.later().type("y").await("The plan is approved").await("done").awaitNo("plan mode");
        assertEquals(user("The plan is approved. Carry it out."), lastHeard());
    }

    @Test
    void aPlanThatIsNotApprovedIsTalkedAbout() {
        answering(text("I would do this."), text("Then that."))
                .enter("/plan")
                .await("Plan mode:")
                .enter("do it");
        seat.await("carry out")
                .later()
                .type("n")
                .awaitNo("carry out")
                .enter("rather that")
                .await("Then that.");

        seat.await("carry out").later().type(ESC).awaitNo("carry out").await("plan mode");
    }

    @Test
    void aCommandOfTheUsersIsRunAndToldTheModelWithTheNextWords() {
        answering(text("I see"))
                .enter("!make it")
                .await("! make it")
                .await("ended with exit code 0")
                .enter("well?");
        seat.await("I see");

        assertEquals("make it", seat.host.lastScript);
        assertEquals(user("I ran `make it`; it ended with exit code 0. It printed:\noutput\n\n\nwell?"), lastHeard());
    }

    @Test
    void picturesThatAreNamedAreShownToTheModel() throws IOException {
        Files.write(
                directory.resolve("a b.png"),
                Base64.getDecoder()
                        .decode(
                                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="));
        Files.writeString(directory.resolve("fake.png"), "no picture");
        answering(text("nice"))
                .enter("see '" + directory.resolve("a b.png") + "'")
                .await("nice");

        assertEquals(1, ((Message.User) lastHeard()).images().size());
        seat.enter("see @fake.png").await("is no picture that models read");
    }

    @Test
    void itFitsNarrowTerminalsAndWideCharacters() {
        seat.wide(40);
        answering(text("日本語 and 👩‍👩‍👧 in a line that has to be wrapped somewhere at forty columns"));
        seat.enter("say 日本").await("forty columns").awaitNo("esc").type("日本語").await("> 日本語");

        assertTrue(seat.screen().lines().allMatch(line -> line.length() <= 40), seat.screen());
    }

    @Test
    void withoutColourThereAreNoEscapeCodesInWhatIsPrinted() {
        seat.inColour();
        answering(text("**bold**")).enter("hi").await("bold").await("1 step");

        assertFalse(seat.screen().contains("**"));
    }

    @Test
    void whatWasTypedIsThereAgainButForSecrets() throws IOException {
        answering(text("a"), text("b")).enter("first words").await("1 step");
        String secret = "sk-ant-api03-" + "a1B2c3D4e5".repeat(9) + "-AAAAAAAA";
        seat.enter("key " + secret).await("b\n");
        seat.enter("exit");
        seat.end();
        Path history = directory.resolve("home").resolve("history");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(history)));
        assertFalse(Files.readString(history).contains(secret), Files.readString(history));

        Seat next = new Seat(directory);
        next.begin().type("\u001bOA\u001bOA\u001bOA").await("> first words");
        next.close();
    }

    @Test
    void commandsAndFilesAreCompleted() {
        answering()
                .type("/sta\t")
                .await("> /status")
                .type(CTRL_U + "who calls #tot\t")
                .await("#Cart.total")
                .type(CTRL_U + "see @cart\t")
                .await("> see @src/Cart.java");
    }

    @Test
    void whatGoesWrongIsSaidInASentence() {
        answering().enter("hi");

        seat.await("provider_unavailable").await("The script ended after 0 answers");
        seat.enter("/nonsense").await("There is no command `/nonsense`. /help lists them.");
        seat.enter("/stats").await("did you mean `/status`?");
    }
}
