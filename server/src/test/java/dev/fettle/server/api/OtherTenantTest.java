package dev.fettle.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunFilter;
import dev.fettle.core.session.RunId;
import dev.fettle.core.user.Role;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.route.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Another's id, in every place where an id can be written, is answered like one that does not exist. A route that is
/// added is asked too, as soon as it takes an id.
@Timeout(30)
class OtherTenantTest {
    private static final String SECRET = "the secret plan";

    /// What has to be sent along, for the id to be looked at.
    private static final Map<String, String> BODIES = Map.of(
            "POST /chat/{session_id}", "{\"message\":\"x\"}",
            "POST /chat/sessions/{id}/messages", "{\"text\":\"x\"}",
            "PATCH /api/v1/memory/{id}", "{\"text\":\"x\"}",
            "PATCH /api/v1/sessions/{id}", "{\"title\":\"mine\"}",
            "PATCH /api/v1/users/{id}", "{\"active\":false}");

    @TempDir
    private Path root = Path.of("");

    private Office office;
    private Office.Client ann;
    private Office.Client bob;
    private Run run;
    private String key;
    private String workspace;

    @BeforeEach
    void open() throws IOException {
        office = new Office(root, Duration.ZERO);
        ann = office.user("ann", Role.USER);
        bob = office.user("bob", Role.USER);
        Office.Reply ordered = ann.post("/api/v1/runs", "{\"prompt\":\"%s\"}".formatted(SECRET));
        run = office.runs.find(new RunId(ordered.text("run_id"))).orElseThrow();
        office.append(run.session().value(), Office.said(run.id().value(), SECRET));
        key = office.registry.list(annsId()).getFirst().id();
        ann.post("/api/v1/memory", "{\"text\":\"%s\"}".formatted(SECRET));
        workspace = ann.post("/api/v1/workspaces", "{\"name\":\"%s\"}".formatted(SECRET))
                .text("workspace_id");
    }

    @AfterEach
    void close() {
        office.close();
    }

    private String annsId() {
        return office.registry.find("ann").orElseThrow().id();
    }

    /// What the id in a pattern names.
    private String annsIn(String pattern) {
        if (pattern.startsWith("/api/v1/runs/{id}")) {
            return run.id().value();
        }
        if (pattern.startsWith("/api/v1/sessions/{id}") || pattern.startsWith("/chat/")) {
            return run.session().value();
        }
        if (pattern.startsWith("/api/v1/users/{id}")) {
            return annsId();
        }
        if (pattern.startsWith("/api/v1/workspaces/{id}")) {
            return workspace;
        }
        if (pattern.startsWith("/api/v1/keys/{id}")) {
            return key;
        }
        if (pattern.startsWith("/api/v1/memory/{id}")) {
            return ann.get("/api/v1/memory").json().at("/facts/0/fact_id").asString();
        }
        throw new AssertionError(
                "Say here what the id in %s names, and in BODIES what is sent along".formatted(pattern));
    }

    private static String told(Office.Reply reply) {
        return reply.status() + " " + reply.body().replaceFirst("\"request_id\":\"[^\"]*\"", "");
    }

    private String everything() {
        return ann.get("/api/v1/runs/" + run.id()).body()
                + ann.get("/api/v1/sessions/" + run.session()).body()
                + ann.get("/api/v1/sessions/%s/export".formatted(run.session())).body()
                + ann.get("/api/v1/memory").body()
                + ann.get("/api/v1/workspaces").body()
                + ann.get("/api/v1/me").body();
    }

    @Test
    void anothersIdInAPathIsLikeOneThatDoesNotExist() {
        String before = everything();
        List<Route> routes = office.api.routes().stream()
                .filter(route -> route.pattern().contains("{"))
                // Whose name is everybody's; the ids in its body are below.
                .filter(route -> !route.pattern().equals("/api/v1/tools/{name}"))
                .toList();
        assertTrue(routes.size() >= 15, () -> "only %d routes take an id".formatted(routes.size()));
        for (Route route : routes) {
            String name = route.method() + " " + route.pattern();
            assertFalse(route.access() instanceof Access.Open, name + " is open to all");
            String theirs = annsIn(route.pattern());
            String nobodys = theirs.replaceFirst("_.*", "_" + "0".repeat(32));
            String body = BODIES.getOrDefault(name, "");

            Office.Reply reply = bob.send(route.method(), path(route, theirs), body);

            boolean isForAdministrators = route.access() instanceof Access.Scoped scoped
                    && scoped.scope().equals("admin");
            assertEquals(isForAdministrators ? 403 : 404, reply.status(), () -> name + ": " + reply.body());
            assertEquals(told(bob.send(route.method(), path(route, nobodys), body)), told(reply), name);
            assertFalse(reply.body().contains(SECRET), name);
        }
        assertEquals(before, everything());
    }

    private static String path(Route route, String id) {
        return route.pattern().replaceFirst("\\{[a-z_]+}", id).replace("{path...}", "haiku.txt");
    }

    @Test
    void anothersIdInABodyOrAQueryIsLikeOneThatDoesNotExist() throws IOException {
        String session = run.session().value();
        Map<String, String> bodies = Map.of(
                "/api/v1/runs", "{\"prompt\":\"x\",\"session_id\":\"%s\"}",
                "/chat", "{\"message\":\"x\",\"session_id\":\"%s\"}",
                "/api/v1/generate", "{\"prompt\":\"x\",\"session_id\":\"%s\"}",
                "/api/v1/understand", "{\"code\":\"x\",\"session_id\":\"%s\"}",
                "/api/v1/debug", "{\"code\":\"x\",\"session_id\":\"%s\"}",
                "/api/v1/tools/echo", "{\"session_id\":\"%s\"}");
        bodies.forEach((path, body) -> {
            Office.Reply reply = bob.post(path, body.formatted(session));
            assertEquals(404, reply.status(), path);
            assertEquals(told(bob.post(path, body.formatted("ses_" + "0".repeat(32)))), told(reply), path);
        });
        String order = "{\"prompt\":\"x\",\"workspace\":\"%s\"}";
        assertEquals(422, bob.post("/api/v1/runs", order.formatted(session)).status());
        assertEquals(
                404,
                bob.post("/api/v1/tools/echo", "{\"workspace\":\"%s\"}".formatted(workspace))
                        .status());
        Office.Reply there = bob.post("/api/v1/runs", order.formatted(workspace));
        assertEquals(404, there.status());
        assertEquals(told(bob.post("/api/v1/runs", order.formatted("ws_" + "0".repeat(32)))), told(there));
        for (String path : List.of(
                "/api/v1/runs?session_id=" + session,
                "/api/v1/sessions?q=plan",
                "/api/v1/sessions?cursor=" + Forge.base64("999999999999999 " + session),
                "/api/v1/runs?cursor=" + cursor(),
                "/api/v1/workspaces",
                "/api/v1/workspaces?cursor=" + cursor(),
                "/api/v1/usage?by=session",
                "/api/v1/usage?by=user&since=2000-01-01",
                "/api/v1/stats",
                "/api/v1/me")) {
            Office.Reply reply = bob.get(path);
            assertEquals(200, reply.status(), path);
            for (String anns : List.of(SECRET, session, run.id().value(), annsId(), key, workspace)) {
                assertFalse(reply.body().contains(anns), path + " tells of ann: " + reply.body());
            }
        }
        assertEquals(403, bob.get("/api/v1/keys?user=ann").status());
        assertEquals(1, office.runs.list(RunFilter.ALL.most(9)).size());
        try (var entries = Files.list(root)) {
            assertEquals(
                    Set.of(session, workspace),
                    Set.copyOf(
                            entries.map(each -> each.getFileName().toString()).toList()));
        }
    }

    /// The place behind everything there is.
    private static String cursor() {
        return Forge.base64("z");
    }

    @Test
    void anothersAnswerIsNotReplayed() {
        String[] key = {"Idempotency-Key", "the same"};
        String body = "{\"prompt\":\"mine\"}";
        String anns = ann.post("/api/v1/runs", body, key).text("run_id");
        String bobs = bob.post("/api/v1/runs", body, key).text("run_id");
        assertFalse(anns.equals(bobs));
        assertEquals(404, bob.get("/api/v1/runs/" + anns).status());
    }

    @Test
    void anothersLastEventIdTellsNothing() {
        Office.Reply reply = bob.get("/api/v1/sessions/%s/events".formatted(run.session()), "Last-Event-ID", "0");
        assertEquals(404, reply.status());
        assertFalse(reply.body().contains(SECRET));
    }
}
