package dev.fettle.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.model.Delta;
import dev.fettle.core.redaction.Preview;
import dev.fettle.core.secret.SecretUse;
import dev.fettle.core.secret.SecretVault;
import dev.fettle.core.secret.Secrets;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.Piece;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class PreviewTest {
    private static final String KEY = "sk-c4N4ry-aB3dE5fG7hI9jK1l";
    private static final String LONGER = KEY + "-and-more-7x";
    private static final Secrets SECRETS = new Secrets(
            Map.of(KEY, "openai", LONGER, "other", "c4N4ry-aB3dE5f/tail", "third"),
            new byte[] {7},
            Set.of(),
            SecretUse.NEVER);

    private final SecretVault vault = SECRETS.vault(List.of());
    private final Preview preview = new Preview(vault, 4);

    private static String text(List<Piece> pieces) {
        return pieces.stream().map(Piece::text).collect(Collectors.joining());
    }

    @Test
    void ordinaryWordsAreShownAtOnceAndSayWhereTheyBelong() {
        assertEquals(List.of(new Piece(4, Piece.Kind.TEXT, 0, "Hello, ")), preview.take(new Delta.Text("Hello, ")));
        assertEquals(List.of(new Piece(4, Piece.Kind.REASONING, 0, "Hm.")), preview.take(new Delta.Reasoning("Hm.")));
        assertEquals(List.of(new Piece(4, Piece.Kind.TEXT, 7, "world")), preview.take(new Delta.Text("world")));
    }

    @Test
    void whatMayBeASecretWaitsUntilItIsKnown() {
        assertEquals("It is ", text(preview.take(new Delta.Text("It is sk-c4N4"))));
        assertEquals(List.of(), preview.take(new Delta.Text("ry-aB3dE5fG7hI9jK")));
        // A longer one begins like this one.
        assertEquals(List.of(), preview.take(new Delta.Text("1l")));
        assertEquals("⟨secret:openai#1⟩.", text(preview.take(new Delta.Text("."))));
        assertEquals(List.of(), preview.take(new Delta.Text("sk-c")));
        assertEquals("sk-cheap", text(preview.take(new Delta.Text("heap"))));
    }

    @Test
    void aSecretOfTwoDeltasOfReasoningIsNotShown() {
        List<Piece> shown = new ArrayList<>(preview.take(new Delta.Reasoning("Use " + KEY.substring(0, 20))));
        shown.addAll(preview.take(new Delta.Reasoning(KEY.substring(20) + " now")));
        assertEquals("Use ⟨secret:openai#1⟩ now", text(shown));
    }

    /// However the answer is cut, what is shown is the beginning of what the log gets, and all of it but for what may
    /// still turn out to be something else.
    @Test
    void howeverItIsCutTheBeginningOfTheLogsTextIsShown() {
        byte[] bytes = KEY.getBytes(StandardCharsets.UTF_8);
        List<String> parts = List.of(
                KEY,
                LONGER,
                "c4N4ry-aB3dE5f/tail",
                KEY.substring(0, 9),
                KEY.substring(0, 12) + "\n    " + KEY.substring(12),
                KEY.substring(0, 12) + "\r\n   12\t" + KEY.substring(12),
                KEY.substring(0, 3) + "\n   12" + KEY.substring(3),
                HexFormat.of().formatHex(bytes),
                Base64.getEncoder().encodeToString(bytes),
                "⟨secret:openai#1⟩",
                "sk-",
                "s",
                "\n",
                "\n  3\t",
                " and some words 🙂, ",
                "\uD83D\uDE00");
        Random random = new Random(7);
        for (int round = 0; round < 3_000; round++) {
            StringBuilder said = new StringBuilder();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                said.append(parts.get(random.nextInt(parts.size())));
            }
            String logged = SECRETS.vault(List.of()).redactKnown(said.toString());
            Preview one = new Preview(SECRETS.vault(List.of()), 0);
            StringBuilder shown = new StringBuilder();
            for (int at = 0; at < said.length(); ) {
                int end = Math.min(said.length(), at + random.nextInt(1, 14));
                shown.append(text(one.take(new Delta.Text(said.substring(at, end)))));
                assertTrue(logged.startsWith(shown.toString()), () -> logged + " is not begun by " + shown);
                at = end;
            }
            shown.append(text(one.take(new Delta.Text("|"))));
            assertEquals(SECRETS.vault(List.of()).redactKnown(said + "|"), shown.toString());
        }
    }

    @Test
    void anAnswerThatIsDiscardedBeginsAnew() {
        assertEquals(List.of(), preview.take(new Delta.Discarded("lost the connection")));
        preview.take(new Delta.Text("The answ sk-c4N4ry"));
        assertEquals(
                List.of(new Piece(4, Piece.Kind.TEXT, 0, "")),
                preview.take(new Delta.Discarded("lost the connection")));
        assertEquals(List.of(new Piece(4, Piece.Kind.TEXT, 0, "-aB3")), preview.take(new Delta.Text("-aB3")));
    }

    @Test
    void aLongDeltaIsTakenApartBetweenCharacters() {
        String all = "x" + "🙂".repeat(2_000);
        List<Piece> pieces = preview.take(new Delta.Text(all));
        assertEquals(all, text(pieces));
        assertEquals(List.of(0L, 1_499L, 2_999L), pieces.stream().map(Piece::at).toList());
    }

    @Test
    void whatIsNoAnswerIsNotShown() {
        for (Delta each : List.of(
                new Delta.CallBegun("bash"),
                new Delta.ToolOutput("1", "out"),
                new Delta.Waiting(Duration.ofSeconds(1), "busy"),
                new Delta.Switched("a/b", "c/d", "busy"))) {
            assertEquals(List.of(), preview.take(each));
        }
    }

    @Test
    void aTurnShowsAnAnswerBehindTheLastEvent() {
        Scene scene = new Scene();
        scene.secrets = SECRETS;
        scene.deltas = List.of(new Delta.Text("It is "), new Delta.Text(KEY), new Delta.Text(", I think."));
        scene.run(Scene.say("It is " + KEY + ", I think."));

        assertEquals("It is ⟨secret:openai#1⟩, I think.", text(scene.log.shown));
        assertTrue(scene.log.shown.stream().allMatch(piece -> piece.after() == 2), scene.log.shown.toString());
        assertEquals(
                List.of("secret_seen", "assistant_said"),
                scene.log.entries().stream()
                        .filter(entry -> entry.seq() > 2)
                        .map(entry -> entry.event() instanceof Event.SecretSeen ? "secret_seen" : "assistant_said")
                        .limit(2)
                        .toList());
    }
}
