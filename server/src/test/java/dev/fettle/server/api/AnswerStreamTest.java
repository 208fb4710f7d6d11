package dev.fettle.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunState;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.Piece;
import dev.fettle.core.session.RunId;
import dev.fettle.core.session.Status;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import dev.fettle.core.user.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An answer as clients get it while it is written.
@Timeout(60)
class AnswerStreamTest {
    @TempDir
    private Path root = Path.of("");

    private Office office;
    private Office.Client ann;
    private Run run;

    @BeforeEach
    void open() throws IOException {
        office = new Office(root, Duration.ZERO);
        ann = office.user("ann", Role.USER);
        Office.Reply order = ann.post("/api/v1/runs", "{\"prompt\":\"hi\"}");
        run = office.runs.find(new RunId(order.text("run_id"))).orElseThrow();
    }

    @AfterEach
    void close() {
        office.close();
    }

    private record Frame(String id, String name, JsonNode data) {}

    /// What one client gets.
    private final class Stream implements AutoCloseable {
        private final BufferedReader lines;

        Stream(String... headers) throws Exception {
            this("/api/v1/runs/" + run.id(), headers);
        }

        Stream(String path, String[] headers) throws Exception {
            lines = ann.lines(path + "/events", headers);
        }

        Frame next() throws IOException {
            String id = "";
            String name = "";
            while (true) {
                String line = lines.readLine();
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    return new Frame(id, name, JsonMapper.shared().readTree(line.substring(6)));
                }
            }
        }

        List<Frame> rest() throws IOException {
            List<Frame> rest = new ArrayList<>();
            do {
                rest.add(next());
            } while (!rest.getLast().name().equals("run_ended"));
            return rest;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private static List<String> names(List<Frame> frames) {
        return frames.stream().map(Frame::name).toList();
    }

    private static Piece text(long after, long at, String text) {
        return new Piece(after, Piece.Kind.TEXT, at, text);
    }

    private void begin(EventLog log) {
        log.append(Office.said(run.id().value(), "hi"));
    }

    private void end(EventLog log, String answer) {
        log.append(new Event.AssistantSaid(
                "test/m",
                List.of(new ContentBlock.Text(answer)),
                StopReason.END,
                new Usage(10, 0, 0, 5, 0),
                Money.of("0.01"),
                7));
        log.append(new Event.TurnEnded(new Outcome.Completed()));
        office.runs.put(run.id(), new RunState.Ended(Status.COMPLETED, ""));
    }

    @Test
    void whoIsThereFromTheStartHearsEachPieceAndThenTheWhole() throws Exception {
        try (EventLog log = office.open(run.session().value());
                Stream stream = new Stream()) {
            begin(log);
            assertEquals("user_said", stream.next().name());
            log.show(new Piece(1, Piece.Kind.REASONING, 0, "Hm."));
            assertEquals(
                    "{\"type\":\"delta\",\"after\":1,\"kind\":\"reasoning\",\"offset\":0,\"text\":\"Hm.\"}",
                    stream.next().data().toString());
            log.show(text(1, 0, "Hel"));
            Frame delta = stream.next();
            assertEquals(new Frame("", "delta", delta.data()), delta);
            log.show(text(1, 3, "lo"));
            assertEquals(
                    "{\"type\":\"delta\",\"after\":1,\"kind\":\"text\",\"offset\":3,\"text\":\"lo\"}",
                    stream.next().data().toString());
            end(log, "Hello");
            List<Frame> rest = stream.rest();
            assertEquals(List.of("assistant_said", "turn_ended", "run_ended"), names(rest));
            assertEquals("2", rest.getFirst().id());
            assertEquals("Hello", rest.getFirst().data().at("/content/0/text").asString());
        }
    }

    @Test
    void whoComesInTheMiddleHearsTheRestAndGetsTheWhole() throws Exception {
        try (EventLog log = office.open(run.session().value())) {
            begin(log);
            log.show(text(1, 0, "Hel"));
            try (Stream stream = new Stream()) {
                assertEquals("user_said", stream.next().name());
                log.show(text(1, 3, "lo"));
                assertEquals(3, stream.next().data().path("offset").asInt());
                end(log, "Hello");
                assertEquals(List.of("assistant_said", "turn_ended", "run_ended"), names(stream.rest()));
            }
        }
    }

    @Test
    void whoComesBackGoesOnAtTheLogAndHearsWhatFollows() throws Exception {
        try (EventLog log = office.open(run.session().value())) {
            begin(log);
            String seen = "";
            try (Stream stream = new Stream()) {
                seen = stream.next().id();
                log.show(text(1, 0, "Hel"));
                assertEquals("", stream.next().id());
            }
            try (Stream again = new Stream("Last-Event-ID", seen);
                    Stream session =
                            new Stream("/api/v1/sessions/" + run.session(), new String[] {"Last-Event-ID", seen})) {
                // Whoever hears the one piece is there for the next.
                for (Stream each : List.of(again, session)) {
                    log.show(text(1, 3, "lo"));
                    assertEquals("delta", each.next().name());
                }
                end(log, "Hello");
                List<Frame> rest = again.rest();
                assertTrue(names(rest).containsAll(List.of("assistant_said", "run_ended")), rest.toString());
                assertEquals(
                        List.of("2", "3"),
                        rest.stream().map(Frame::id).filter(id -> !id.isEmpty()).toList());
            }
        }
    }

    @Test
    void anotherTurnOfTheSessionIsNotHeard() throws Exception {
        try (EventLog log = office.open(run.session().value());
                Stream stream = new Stream();
                Stream session = new Stream("/api/v1/sessions/" + run.session(), new String[0])) {
            log.append(new Event.UserSaid("something else", List.of()));
            assertEquals("user_said", session.next().name());
            log.show(text(1, 0, "not for you"));
            assertEquals("delta", session.next().name());
            log.append(new Event.TurnEnded(new Outcome.Completed()));
            begin(log);
            end(log, "Hello");
            assertEquals(List.of("user_said", "assistant_said", "turn_ended", "run_ended"), names(stream.rest()));
        }
    }

    @Test
    void whoDoesNotReadLosesPiecesHoldsUpNobodyAndGetsTheWhole() throws Exception {
        int pieces = 40_000;
        String piece = "x".repeat(500);
        try (EventLog log = office.open(run.session().value());
                Stream idle = new Stream();
                Stream keen = new Stream()) {
            begin(log);
            assertEquals("user_said", idle.next().name());
            assertEquals("user_said", keen.next().name());
            for (int i = 0; i < pieces; i++) {
                log.show(text(1, 500L * i, piece));
            }
            log.show(text(1, 500L * pieces, "last"));
            while (!keen.next().data().path("text").asString().endsWith("last")) {
                // What it hears is not the matter here.
            }
            end(log, "Hello");
            List<Frame> rest = idle.rest();
            long heard = rest.stream()
                    .filter(frame -> frame.name().equals("delta"))
                    .mapToLong(frame -> frame.data().path("text").asString().length())
                    .sum();
            assertTrue(heard < 500L * pieces, heard + " characters");
            assertEquals(
                    List.of("assistant_said", "turn_ended", "run_ended"),
                    names(rest.stream()
                            .filter(frame -> !frame.name().equals("delta"))
                            .toList()));
            assertEquals(
                    Optional.of("2"),
                    rest.stream()
                            .filter(frame -> !frame.id().isEmpty())
                            .map(Frame::id)
                            .findFirst());
        }
    }
}
