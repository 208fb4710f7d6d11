package dev.fettle.cli.interactive;

import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.Message;
import dev.fettle.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SlashCommandsTest {
    @TempDir
    private Path directory = Path.of("");

    private Seat seat;

    @BeforeEach
    void sitDown() {
        seat = new Seat(directory);
        seat.host.model = ScriptedModel.answering(text("one"), text("two"), text("three"));
        seat.begin();
    }

    @AfterEach
    void standUp() {
        seat.close();
    }

    private List<Message> heard() {
        return seat.host.model.requests().getLast().messages();
    }

    private Seat said(String words) {
        return seat.enter(words).await("1 step").awaitNo("esc interrupts");
    }

    @Test
    void helpListsThemAll() {
        seat.enter("/help").await("/exit").await("!COMMAND");

        for (String each : List.of("/model", "/cost", "/context", "/sessions", "/resume", "/fork", "/export")) {
            assertTrue(seat.screen().contains("\n" + each), each);
        }
    }

    @Test
    void anotherModelAnswers() {
        seat.enter("/model").await("● test/model").enter("/model better").await("answers from here on");

        assertEquals("better", seat.host.lastFlags.settings().get("LLM_MODEL"));
    }

    @Test
    void itSaysWhereTheSittingStands() {
        seat.enter("/context").await("nothing has been said yet");
        said("hi")
                .enter("/status")
                .await("session      ses_")
                .enter("/context")
                .await("in all")
                .await("of 1,000");
        seat.enter("/cost").await("This session: 1 step(s), 110 tokens");
        seat.enter("/doctor").enter("/permissions").await("> /permissions");
    }

    @Test
    void clearBeginsANewSessionAndResumeGoesBack() {
        said("first").enter("/clear").await("begins a new session");
        said("second").await("two");
        assertEquals(1, heard().size());
        assertEquals(2, seat.host.sessions.list().size());

        seat.enter("/sessions").await("goes on with one").enter("/resume").await("Goes on with first");
        seat.await("│ one").enter("third").await("three");
        assertEquals(3, heard().size());
    }

    @Test
    void aForkLeavesTheSessionAsItWas() {
        said("first").enter("/fork").await("goes on in a copy").enter("other").await("two");

        assertEquals(3, heard().size());
        assertEquals(2, seat.host.sessions.list().size());
    }

    @Test
    void aSessionIsWrittenIntoAFile() throws IOException {
        Path file = directory.resolve("out.jsonl");
        seat.enter("/export").await("Name a file").enter("/export x").await("Nothing has been said");
        said("first").enter("/export " + file).await("Wrote");

        assertTrue(Files.readString(file).contains("user_said"));
    }

    @Test
    void promptsOfTheUsersOwnAreCommands() throws IOException {
        Files.createDirectories(directory.resolve("home/commands"));
        Files.writeString(
                directory.resolve("home/commands/review.md"), "---\ndescription: Review it\n---\nReview $1 well.");
        seat.enter("/help").await("Review it").enter("/review Cart.java").await("1 step");

        assertEquals(new Message.User("Review Cart.java well.", List.of()), heard().getLast());
    }

    @Test
    void whatIsAboutASessionNeedsOne() {
        for (String each : List.of("/undo 2", "/redo", "/diff", "/rewind 1", "/compact")) {
            seat.enter(each).await("> " + each);
        }
        seat.enter("/rewind").await("Name a turn by its number");
        seat.enter("/memory").await("> /memory");
    }

    @Test
    void promptsOfAProjectHaveToBeTrusted() throws IOException {
        Path file =
                Files.createDirectories(directory.resolve(".fettle/commands")).resolve("mend.md");
        Files.writeString(file, "Mend it.");
        seat.enter("/mend").await("you have not said is yours");

        seat.host.trusted = file;
        seat.enter("/mend").await("1 step");
        assertEquals(new Message.User("Mend it.", List.of()), heard().getLast());
    }
}
