package dev.fettle.cli.interactive;

import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.fettle.core.message.Message;
import dev.fettle.testkit.ScriptedModel;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What nobody meant to happen is said, and the sitting goes on.
@Timeout(30)
class TroubleTest {
    @TempDir
    private Path directory = Path.of("");

    private Seat seat;

    @BeforeEach
    void sitDown() {
        seat = new Seat(directory);
        seat.host.model = ScriptedModel.answering(text("one"), text("two"));
    }

    @AfterEach
    void standUp() {
        seat.close();
    }

    private Message lastHeard() {
        return seat.host.model.requests().getLast().messages().getLast();
    }

    private void goesOn() {
        seat.enter("go on").await("1 step").enter("exit");
        assertEquals(0, seat.end());
        assertFalse(seat.screen().contains("Exception"), seat::screen);
    }

    @Test
    void aFileOfBytesIsOnlyNamed() throws IOException {
        Files.write(directory.resolve("blob"), new byte[] {0, 27, '[', '3', '1', 'm', -1, -2});
        seat.begin().enter("see @blob").await("1 step");

        assertEquals(new Message.User("see @blob", List.of()), lastHeard());
    }

    @Test
    void aPictureAsLargeAsADiskIsNotRead() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("huge.png").toFile(), "rw")) {
            file.setLength(3L << 30);
        }
        seat.begin().enter("see @huge.png").await("✗ `huge.png` has more than the 5,242,880 bytes");

        goesOn();
    }

    @Test
    void controlCharactersThatArePastedAreLeftOut() {
        seat.begin()
                .type("\u001b[200~red \u001b[31m\u0000\u0007\u009b2J\u007f text\r\ntwo\u001b]0;title\u0007\u001b[201~")
                .await("two]0;title")
                .enter("")
                .await("1 step");

        assertEquals(new Message.User("red [31m2J text\ntwo]0;title", List.of()), lastHeard());
    }

    @Test
    void aSittingWithoutAHomeKeepsNoHistoryAndSaysSo() throws IOException {
        Files.writeString(directory.resolve("home"), "a file");
        seat.begin().await("What you type is not kept");

        goesOn();
    }

    @Test
    void aHistoryThatCannotBeReadIsNotKept() throws IOException {
        Files.createDirectories(directory.resolve("home/history"));
        seat.begin().await("What you type is not kept");

        goesOn();
    }
}
