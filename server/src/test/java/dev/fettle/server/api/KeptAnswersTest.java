package dev.fettle.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.monitor.Occurrence;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunFilter;
import dev.fettle.core.run.RunState;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.Status;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import dev.fettle.core.user.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Answers that are given again.
@Timeout(30)
class KeptAnswersTest {
    private static final String[] NO_CACHE = {"Cache-Control", "no-cache"};
    private static final String WHY = "{\"message\":\"why?\"}";

    @TempDir
    private Path root = Path.of("");

    private Office office;
    private Office.Client ann;
    private Office.Client bob;
    private Office.Client admin;

    @BeforeEach
    void open() throws IOException {
        office = new Office(root, Duration.ofSeconds(20));
        ann = office.user("ann", Role.USER);
        bob = office.user("bob", Role.USER);
        admin = office.user("root", Role.ADMIN);
    }

    @AfterEach
    void close() {
        office.close();
    }

    private List<Run> runs() {
        return office.runs.list(RunFilter.ALL.most(100));
    }

    /// Asks, and has the run say this.
    private Office.Reply asked(Office.Client client, String path, String body, Status status, ContentBlock... content)
            throws InterruptedException {
        int before = runs().size();
        CompletableFuture<Office.Reply> reply = CompletableFuture.supplyAsync(() -> client.post(path, body, NO_CACHE));
        answer(before, status, content);
        return reply.join();
    }

    private void answer(int before, Status status, ContentBlock... content) {
        while (runs().size() == before) {
            Thread.onSpinWait();
        }
        Run run = runs().getFirst();
        List<Event> events = new ArrayList<>();
        events.add(Office.said(run.id().value(), run.request().prompt()));
        events.add(
                new Event.AssistantSaid("test/m", List.of(content), StopReason.END, Usage.ZERO, Money.of("0.01"), 5));
        events.add(new Event.TurnEnded(new Outcome.Completed()));
        office.append(run.session().value(), events.toArray(Event[]::new));
        office.runs.put(run.id(), new RunState.Ended(status, ""));
    }

    private Office.Reply asked(Office.Client client, String path, String body, String said)
            throws InterruptedException {
        return asked(client, path, body, Status.COMPLETED, new ContentBlock.Text(said));
    }

    @Test
    void theSameQuestionOfTheSameUserHasTheSameAnswer() throws InterruptedException {
        Office.Reply first = asked(ann, "/chat", WHY, "because");
        Office.Reply again = ann.post("/chat", WHY);

        assertEquals(List.of(200, 200), List.of(first.status(), again.status()));
        assertEquals(first.body().replace("\"cached\":false", "\"cached\":true"), again.body());
        assertTrue(again.json().at("/metadata/cached").asBoolean());
        assertEquals(first.header("Content-Location"), again.header("Content-Location"));
        assertEquals(1, runs().size());
        assertEquals(List.of(new Occurrence.CacheAsked(true)), List.copyOf(office.monitored));
    }

    @Test
    void anAnswerIsGivenAgainWithTheDatabaseAway() throws InterruptedException {
        asked(ann, "/chat", WHY, "because");
        office.isAway();
        office.registry.isAway = true;
        assertEquals("because", ann.post("/chat", WHY).text("response"));
        assertEquals(503, ann.post("/chat", "{\"message\":\"how?\"}").status());
    }

    @Test
    void whateverElseIsAskedIsAskedAnew() throws InterruptedException {
        asked(ann, "/chat", WHY, "because");
        office.isAway();
        assertEquals(503, bob.post("/chat", WHY).status(), "another user");
        assertEquals(503, admin.post("/chat", WHY).status(), "another user");
        for (String body : List.of(
                "{\"message\":\"why\"}",
                "{\"message\":\"why?\",\"context\":\"here\"}",
                "{\"message\":\"why?\",\"session_id\":\"%s\"}"
                        .formatted(runs().getFirst().session()))) {
            assertEquals(503, ann.post("/chat", body).status(), body);
        }
        assertEquals(503, ann.post("/chat", WHY, NO_CACHE).status());
        assertEquals(503, ann.post("/api/v1/generate", "{\"prompt\":\"why?\"}").status());
        office.version.set("another model");
        assertEquals(503, ann.post("/chat", WHY).status());
        office.version.set("one");
        assertEquals(200, ann.post("/chat", WHY).status());
    }

    @Test
    void anAnswerIsKeptForItsTimeAndNoLonger() throws InterruptedException {
        asked(ann, "/chat", WHY, "because");
        office.clock.advance(Office.KEPT.minusMillis(1));
        assertEquals(200, ann.post("/chat", WHY).status());
        office.clock.advance(Duration.ofMillis(1));
        office.isAway();
        assertEquals(503, ann.post("/chat", WHY).status());
    }

    @Test
    void whoAsksAnewHasTheNewAnswerKept() throws InterruptedException {
        asked(ann, "/chat", WHY, "because");
        asked(ann, "/chat", WHY, "therefore");
        assertEquals("therefore", ann.post("/chat", WHY).text("response"));
    }

    @Test
    void aRunThatCalledAToolOrDidNotCompleteIsNotKept() throws InterruptedException {
        asked(
                ann,
                "/chat",
                WHY,
                Status.COMPLETED,
                new ContentBlock.Text("I looked."),
                new ToolCall("call_1", "read", "{}"));
        assertEquals(0, office.cache.layers().getFirst().entries().orElseThrow());
        asked(ann, "/chat", WHY, Status.LIMIT_STEPS, new ContentBlock.Text("I wonder"));
        assertEquals(0, office.cache.layers().getFirst().entries().orElseThrow());
    }

    @Test
    void workflowsAreAnsweredAgainToo() throws InterruptedException {
        Map<String, String> bodies = Map.of(
                "/api/v1/generate", "{\"prompt\":\"x\",\"language\":\"java\"}",
                "/api/v1/understand", "{\"code\":\"x\"}",
                "/api/v1/debug", "{\"error_message\":\"x\"}");
        for (Map.Entry<String, String> each : bodies.entrySet()) {
            asked(ann, each.getKey(), each.getValue(), each.getKey());
        }
        office.isAway();
        bodies.forEach((path, body) -> {
            Office.Reply again = ann.post(path, body);
            assertEquals(path, again.text("response"));
            assertTrue(again.json().at("/data/cached").asBoolean());
        });
    }

    @Test
    void whatWasSaidInARemovedSessionIsNotGivenAgain() throws InterruptedException {
        String session = asked(ann, "/chat", WHY, "because").text("session_id");
        assertEquals(204, ann.send("DELETE", "/api/v1/sessions/" + session, "").status());
        office.isAway();
        assertEquals(503, ann.post("/chat", WHY).status());
    }

    @Test
    void administratorsSeeHowItIsUsedAndForgetIt() throws InterruptedException {
        asked(ann, "/chat", WHY, "because");
        asked(bob, "/chat", WHY, "because");
        assertEquals(
                "{\"answers\":true,\"layers\":[{\"name\":\"memory\",\"available\":true,\"hits\":0,\"misses\":0,"
                        + "\"entries\":2}]}",
                admin.get("/api/v1/cache").body());
        assertEquals(403, ann.get("/api/v1/cache").status());
        assertEquals(403, ann.send("DELETE", "/api/v1/cache", "").status());
        assertEquals(404, admin.send("DELETE", "/api/v1/cache?user=joe", "").status());
        assertEquals(204, admin.send("DELETE", "/api/v1/cache?user=bob", "").status());
        assertEquals(1, office.cache.layers().getFirst().entries().orElseThrow());
        assertEquals(204, admin.send("DELETE", "/api/v1/cache", "").status());
        assertEquals(0, office.cache.layers().getFirst().entries().orElseThrow());
        assertEquals(2, office.desk.noted.stream().filter("cache.clear"::equals).count());
    }

    @Test
    void aWarmUpAsksOneQuestionAfterTheOtherAsTheCaller() throws InterruptedException {
        asked(ann, "/chat", WHY, "because");
        Office.Reply begun = ann.post("/api/v1/cache/warm", "{\"messages\":[\"why?\",\"how?\",\"when?\"]}");
        assertEquals("202 {\"messages\":3}", begun.status() + " " + begun.body());
        answer(1, Status.COMPLETED, new ContentBlock.Text("so"));
        assertEquals(
                409, ann.post("/api/v1/cache/warm", "{\"messages\":[\"x\"]}").status());
        answer(2, Status.COMPLETED, new ContentBlock.Text("soon"));
        while (office.cache.layers().getFirst().entries().orElseThrow() < 3) {
            Thread.onSpinWait();
        }
        office.isAway();
        assertEquals("so", ann.post("/chat", "{\"message\":\"how?\"}").text("response"));
        assertEquals("soon", ann.post("/chat", "{\"message\":\"when?\"}").text("response"));
        assertEquals(503, bob.post("/chat", "{\"message\":\"when?\"}").status());
        assertEquals(422, ann.post("/api/v1/cache/warm", "{\"messages\":[]}").status());
    }
}
